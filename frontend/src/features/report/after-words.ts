import type { Kind } from "@/lib/announcements";
import { inLanguage } from "@/lib/language";

type ByKind = Record<Kind, string>;

const EN = {
  waiting: {
    title: "Kept, and sent when the network is back",
    text: "Your report and its photos are safe on this device. Leave this page open if you can; it is sent by itself as soon as there is a network.",
    busy: "Homeward is busy and could not take it yet. It is safe on this device and is sent again by itself.",
    now: "Try now",
    trying: "Trying…",
    write: "Do not send yet: change it",
  },
  note: {
    waiting: "A report is kept on this device until it can be sent.",
    refused: "A report could not be sent.",
    see: "See it",
    why: "See why",
    sent: "Your report is on the map.",
    photos: "Photos are being sent.",
  },
  done: {
    title: "Your announcement is on the map",
    unseen: "Your announcement",
    gone: "This announcement is not on the map",
    lead: {
      lost: "Now search the neighbourhood on foot and tell the people who live there: that finds most pets.",
      found: "Now ask around close to where you found it, and have a vet look for a chip.",
      sighting: "Thank you. If you see it again, tell us where.",
    } satisfies ByKind,
    photos: "Photos",
    another: "Choose another photo",
    anotherHint: "It is sent at once.",
    shareText: {
      lost: "Please help to find:",
      found: "Do you know this pet?",
      sighting: "Somebody saw this pet:",
    } satisfies ByKind,
    poster: "Print a poster",
    page: "Link to its page",
    pageHint: "Send it to neighbours, friends and groups.",
    manage: "Private link to manage it",
    manageHint:
      "Keep it to yourself: whoever has it can change, renew or close the announcement. It is kept on this device; copy it if you want it elsewhere.",
    secretHint: "Keep it to yourself: whoever has it can change, renew or close the announcement.",
    notKept:
      "This browser keeps nothing: copy the private link now. Without it nobody can change or close the announcement.",
    lostToken: "The private link is not on this device.",
    links: "Links to keep",
    seeOnMap: "See it on the map",
    openPage: "Open its page",
    openManage: "Manage it",
    mine: "My announcements",
    advice: "What to do now",
    sources: "Where this is known from",
  },
  mine: {
    title: "My announcements",
    lead: "What was announced from this device. The private links are kept here and nowhere else.",
    none: "Nothing has been announced from this device yet.",
    manage: "Manage",
    gone: "No longer there.",
    forget: "Take it off this list",
    forgetOne: (title: string) => `Take “${title}” off this list`,
    failed: "Cannot be loaded right now.",
  },
};

const PL: typeof EN = {
  waiting: {
    title: "Zapisane, wyślemy, gdy wróci sieć",
    text: "Zgłoszenie i zdjęcia są bezpieczne na tym urządzeniu. Jeśli możesz, zostaw tę stronę otwartą; wszystko wyśle się samo, gdy tylko będzie sieć.",
    busy: "Homeward ma teraz dużo pracy i jeszcze nie przyjął zgłoszenia. Jest bezpieczne na tym urządzeniu i wyśle się samo.",
    now: "Spróbuj teraz",
    trying: "Próbujemy…",
    write: "Jeszcze nie wysyłaj: chcę coś zmienić",
  },
  note: {
    waiting: "Zgłoszenie czeka na tym urządzeniu, aż będzie można je wysłać.",
    refused: "Nie udało się wysłać zgłoszenia.",
    see: "Pokaż",
    why: "Zobacz dlaczego",
    sent: "Twoje zgłoszenie jest na mapie.",
    photos: "Zdjęcia się wysyłają.",
  },
  done: {
    title: "Twoje ogłoszenie jest na mapie",
    unseen: "Twoje ogłoszenie",
    gone: "Tego ogłoszenia nie ma na mapie",
    lead: {
      lost: "Teraz przejdź pieszo okolicę i powiedz o tym ludziom, którzy tam mieszkają: tak odnajduje się najwięcej zwierząt.",
      found: "Teraz popytaj w pobliżu miejsca znalezienia i poproś weterynarza o sprawdzenie chipa.",
      sighting: "Dziękujemy. Jeśli zobaczysz je znowu, powiedz gdzie.",
    },
    photos: "Zdjęcia",
    another: "Wybierz inne zdjęcie",
    anotherHint: "Zostanie od razu wysłane.",
    shareText: {
      lost: "Pomóż odnaleźć:",
      found: "Czy znasz to zwierzę?",
      sighting: "Widziano to zwierzę:",
    },
    poster: "Wydrukuj plakat",
    page: "Link do strony ogłoszenia",
    pageHint: "Wyślij go sąsiadom, znajomym i grupom.",
    manage: "Prywatny link do zarządzania",
    manageHint:
      "Zachowaj go dla siebie: kto go ma, może zmienić, przedłużyć lub zamknąć ogłoszenie. Jest zapisany na tym urządzeniu; skopiuj go, jeśli chcesz go mieć gdzie indziej.",
    secretHint: "Zachowaj go dla siebie: kto go ma, może zmienić, przedłużyć lub zamknąć ogłoszenie.",
    notKept:
      "Ta przeglądarka niczego nie zapamiętuje: skopiuj prywatny link teraz. Bez niego nikt nie zmieni ani nie zamknie ogłoszenia.",
    lostToken: "Prywatnego linku nie ma na tym urządzeniu.",
    links: "Linki do zachowania",
    seeOnMap: "Zobacz na mapie",
    openPage: "Otwórz stronę ogłoszenia",
    openManage: "Zarządzaj",
    mine: "Moje ogłoszenia",
    advice: "Co teraz zrobić",
    sources: "Skąd to wiadomo",
  },
  mine: {
    title: "Moje ogłoszenia",
    lead: "Ogłoszenia dodane z tego urządzenia. Prywatne linki są tylko tutaj i nigdzie indziej.",
    none: "Z tego urządzenia nie dodano jeszcze żadnego ogłoszenia.",
    manage: "Zarządzaj",
    gone: "Już go nie ma.",
    forget: "Usuń z tej listy",
    forgetOne: (title) => `Usuń „${title}” z tej listy`,
    failed: "Nie da się teraz wczytać.",
  },
};

/** What is said once a report is sent, or waits to be. */
export const WORDS = inLanguage({ en: EN, pl: PL });

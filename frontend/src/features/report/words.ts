import type { Kind } from "@/lib/announcements";
import { inLanguage, plural } from "@/lib/language";

type ByKind = Record<Kind, string>;

const EN = {
  kinds: "What happened",
  intro: {
    lost: "Take a breath. Most lost pets are found close to home, many within a day or two.",
    found: "Thank you for looking out. A photo and the place are what its people search for.",
    sighting: "Every sighting helps. Say where and when you saw it; nothing else is needed.",
  } satisfies ByKind,
  steps: { 1: "Photo", 2: "What and when", 3: "Where and contact" },
  stepOf: (step: number) => `Step ${step} of 3`,
  progress: "Steps of the report",
  next: "Next",
  nextWithoutPhoto: "Go on without a photo",
  back: "Back",
  send: "Put it on the map",
  sending: "Sending…",
  sendAgain: "Send it again",
  noAccount: "No account needed. You get a private link to change or close it.",
  keptHere: "Kept on this device as you write.",
  startAnew: "Start again",
  startAnewQuestion: "Throw away what you wrote?",
  startAnewText: "The photos and everything you filled in are removed from this device.",
  startAnewYes: "Throw away",
  startAnewNo: "Keep it",
  restored: (when: string) => `Here is what you began ${when}. Go on, or start again.`,
  hidden: "Leave this field empty",
  photos: {
    label: "Take or choose a photo",
    more: "Add another photo",
    hint: "One clear photo helps most: the whole animal, in daylight.",
    list: "Photos to be sent",
    cover: "First photo: this one is on the map",
    photo: (number: number) => `Photo ${number}`,
    preparing: "Preparing…",
    unseen: "This browser cannot show it; it is sent as it is.",
    earlier: (number: number) => `Move photo ${number} forward`,
    later: (number: number) => `Move photo ${number} back`,
    remove: (number: number) => `Remove photo ${number}`,
    tooLarge: (name: string, megabytes: number) =>
      `${name} is larger than ${megabytes} MB. Choose a smaller one.`,
    noPicture: (name: string) => `${name} is not a picture. Choose a photo.`,
    tooMany: (count: number) =>
      plural(count, { one: "One photo fits.", other: `${count} photos fit; the others were left out.` }),
    gone: "A photo you had chosen is no longer on this device. Choose it again.",
  },
  about: {
    title: "You report having seen this pet",
    otherwise: "Another animal? Report it on its own",
  },
  when: {
    suggestion: (when: string) => `The photo was taken ${when}. Did it happen then?`,
    use: "Use this time",
  },
  where: {
    use: "Use the photo’s place",
  },
  neighbours: {
    title: "Is it one of these?",
    hint: "These were reported nearby. They open beside this page; what you wrote stays.",
    none: "None of these",
    opens: "opens in a new tab",
  },
  tooMany: (when: string) =>
    `Many reports came from your network. Yours is kept here; please send it again ${when}.`,
};

const PL: typeof EN = {
  kinds: "Co się stało",
  intro: {
    lost: "Weź głęboki oddech. Większość zaginionych zwierząt odnajduje się blisko domu, wiele w ciągu dnia lub dwóch.",
    found: "Dziękujemy za czujność. Zdjęcie i miejsce to to, czego szukają jego opiekunowie.",
    sighting: "Każda wiadomość pomaga. Powiedz, gdzie i kiedy; nic więcej nie trzeba.",
  },
  steps: { 1: "Zdjęcie", 2: "Co i kiedy", 3: "Gdzie i kontakt" },
  stepOf: (step) => `Krok ${step} z 3`,
  progress: "Kroki zgłoszenia",
  next: "Dalej",
  nextWithoutPhoto: "Dalej bez zdjęcia",
  back: "Wstecz",
  send: "Umieść na mapie",
  sending: "Wysyłanie…",
  sendAgain: "Wyślij ponownie",
  noAccount: "Bez zakładania konta. Dostaniesz prywatny link, którym zmienisz lub zamkniesz ogłoszenie.",
  keptHere: "Wszystko zapisuje się na tym urządzeniu.",
  startAnew: "Zacznij od nowa",
  startAnewQuestion: "Usunąć to, co już jest wpisane?",
  startAnewText: "Zdjęcia i wszystkie wypełnione pola znikną z tego urządzenia.",
  startAnewYes: "Usuń",
  startAnewNo: "Zostaw",
  restored: (when) => `Oto zgłoszenie zaczęte ${when}. Możesz je dokończyć albo zacząć od nowa.`,
  hidden: "Zostaw to pole puste",
  photos: {
    label: "Zrób lub wybierz zdjęcie",
    more: "Dodaj kolejne zdjęcie",
    hint: "Najbardziej pomaga jedno wyraźne zdjęcie: całe zwierzę, w dziennym świetle.",
    list: "Zdjęcia do wysłania",
    cover: "Pierwsze zdjęcie: to ono będzie na mapie",
    photo: (number) => `Zdjęcie ${number}`,
    preparing: "Przygotowywanie…",
    unseen: "Ta przeglądarka go nie pokaże; zostanie wysłane takie, jakie jest.",
    earlier: (number) => `Przesuń zdjęcie ${number} do przodu`,
    later: (number) => `Przesuń zdjęcie ${number} do tyłu`,
    remove: (number) => `Usuń zdjęcie ${number}`,
    tooLarge: (name, megabytes) => `Plik ${name} ma więcej niż ${megabytes} MB. Wybierz mniejszy.`,
    noPicture: (name) => `Plik ${name} nie jest zdjęciem. Wybierz zdjęcie.`,
    tooMany: (count) =>
      plural(count, {
        one: "Mieści się jedno zdjęcie.",
        few: `Mieszczą się ${count} zdjęcia; pozostałe pominięto.`,
        many: `Mieści się ${count} zdjęć; pozostałe pominięto.`,
        other: `Mieści się ${count} zdjęcia; pozostałe pominięto.`,
      }),
    gone: "Wybranego zdjęcia nie ma już na tym urządzeniu. Wybierz je jeszcze raz.",
  },
  about: {
    title: "Zgłaszasz, że to zwierzę było widziane",
    otherwise: "Inne zwierzę? Zgłoś je osobno",
  },
  when: {
    suggestion: (when) => `Zdjęcie zrobiono ${when}. Czy to było wtedy?`,
    use: "Użyj tego czasu",
  },
  where: {
    use: "Użyj miejsca ze zdjęcia",
  },
  neighbours: {
    title: "Czy to któreś z tych zwierząt?",
    hint: "Te zgłoszono w pobliżu. Otworzą się obok; to, co wpisane, zostanie.",
    none: "Żadne z nich",
    opens: "otwiera się w nowej karcie",
  },
  tooMany: (when) =>
    `Z Twojej sieci przyszło wiele zgłoszeń. Twoje jest tu zapisane; wyślij je ponownie ${when}.`,
};

/** What the form of a report says. */
export const WORDS = inLanguage({ en: EN, pl: PL });

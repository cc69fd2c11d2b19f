import type { Kind } from "@/lib/announcements";
import { inLanguage } from "@/lib/language";
import type { Blur } from "@/lib/public-place";

/** What the page of an announcement says. */
const EN = {
  when: "When",
  where: "Where",
  whereRoughly: {
    street: "The map shows the surroundings, to about 150 m: the exact place stays private.",
    area: "The map shows the area, to about 1 km: the exact place stays private.",
  } satisfies Record<Blur, string>,
  mapLabel: "Map of the place",
  species: "Kind of animal",
  published: "Announced",
  source: "Brought by",
  link: "More about it",
  linkTo: (host: string) => `More about it on ${host}`,
  about: "It may be the animal of this announcement",
  preparing: "A picture is being prepared…",
  noPicture: "No picture",
  reunited: "Good news: this pet is home again.",
  yours: "You announced this.",
  manage: "Manage it and read your messages",
  onMap: "Show it on the map",
  seen: "Seen since then",
  seenHint: "What others saw: perhaps this animal, perhaps another one.",
  gallery: {
    label: "Pictures",
    picture: (title: string, number: number, count: number) =>
      count > 1 ? `${title}, picture ${number} of ${count}` : title,
    position: (number: number, count: number) => `${number} of ${count}`,
    earlier: "Picture before",
    later: "Next picture",
  },
  acts: {
    seen: "I have seen it",
    write: {
      lost: "Write a message",
      found: "It is mine: write to the finder",
      sighting: "Write a message",
    } satisfies Record<Kind, string>,
    poster: "Poster",
  },
  gone: {
    expired: "This announcement has expired",
    expiredText: "It was on the map for its time and has not been renewed since.",
    withdrawn: "This announcement was withdrawn",
    withdrawnText: "Whoever announced it has taken it off the map. Perhaps the pet is home again.",
    hidden: "This announcement is hidden for now",
    hiddenText: "Several people found something wrong with it. It is shown again once we have looked at it.",
    missing: "There is no such announcement",
    missingText: "The link may be incomplete, or the announcement was removed a while ago.",
    wayOn: "See what is on the map now",
    reportLost: "Report a pet you lost or found",
    renew: "Is it yours? You can renew it.",
    yours: "It is yours: open your page to manage it.",
  },
};

const PL: typeof EN = {
  when: "Kiedy",
  where: "Gdzie",
  whereRoughly: {
    street: "Mapa pokazuje okolicę z dokładnością do około 150 m: dokładne miejsce pozostaje prywatne.",
    area: "Mapa pokazuje okolicę z dokładnością do około 1 km: dokładne miejsce pozostaje prywatne.",
  },
  mapLabel: "Mapa miejsca",
  species: "Jakie to zwierzę",
  published: "Ogłoszono",
  source: "Skąd pochodzi",
  link: "Więcej na ten temat",
  linkTo: (host) => `Więcej na stronie ${host}`,
  about: "To może być zwierzę z tego ogłoszenia",
  preparing: "Zdjęcie jest przygotowywane…",
  noPicture: "Brak zdjęcia",
  reunited: "Dobra wiadomość: to zwierzę jest już w domu.",
  yours: "To Twoje ogłoszenie.",
  manage: "Zarządzaj nim i czytaj wiadomości",
  onMap: "Pokaż na mapie",
  seen: "Widziane od tamtej pory",
  seenHint: "To widzieli inni: może to zwierzę, a może inne.",
  gallery: {
    label: "Zdjęcia",
    picture: (title, number, count) => (count > 1 ? `${title}, zdjęcie ${number} z ${count}` : title),
    position: (number, count) => `${number} z ${count}`,
    earlier: "Poprzednie zdjęcie",
    later: "Następne zdjęcie",
  },
  acts: {
    seen: "Daj znać, gdzie je widziano",
    write: {
      lost: "Napisz wiadomość",
      found: "To moje zwierzę: napisz do znalazcy",
      sighting: "Napisz wiadomość",
    },
    poster: "Plakat",
  },
  gone: {
    expired: "To ogłoszenie wygasło",
    expiredText: "Było na mapie przez swój czas i nie zostało potem odnowione.",
    withdrawn: "To ogłoszenie zostało wycofane",
    withdrawnText: "Jego autor zdjął je z mapy. Może zwierzę jest już w domu.",
    hidden: "To ogłoszenie jest na razie ukryte",
    hiddenText: "Kilka osób zgłosiło, że coś jest z nim nie tak. Pojawi się znowu, gdy je sprawdzimy.",
    missing: "Nie ma takiego ogłoszenia",
    missingText: "Link może być niepełny albo ogłoszenie usunięto jakiś czas temu.",
    wayOn: "Zobacz, co jest teraz na mapie",
    reportLost: "Zgłoś zaginione lub znalezione zwierzę",
    renew: "To Twoje ogłoszenie? Możesz je odnowić.",
    yours: "To Twoje ogłoszenie: otwórz stronę zarządzania.",
  },
};

export const WORDS = inLanguage({ en: EN, pl: PL });

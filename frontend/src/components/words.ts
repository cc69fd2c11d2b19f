import { inLanguage } from "@/lib/language";
import { announcements } from "@/lib/words";

/** What the shared controls say. */
const EN = {
  map: {
    drawing: "Drawing the map…",
    simple: "Simple map · Natural Earth",
    cluster: (count: number, kinds: string) => `${announcements(count)}${kinds && `: ${kinds}`}; zoom in`,
    failed: "The map cannot be shown right now; everything else works.",
  },
  place: {
    label: "Place",
    hint: "Click or tap the place on the map. Others only see the street's surroundings, never the house.",
    mapLabel: "Map to choose the place on",
    middle: "Set to the middle of the map",
    chosen: "Place chosen:",
    none: "No place chosen yet.",
  },
  locate: {
    button: "Use my location",
    searching: "Looking for you…",
    failed: "Your location could not be found. Show the place on the map instead.",
  },
  photo: {
    label: "Photo",
    hint: "One clear photo helps most. You can add more later.",
    preparing: "Preparing the photo…",
    remove: "Remove the photo",
    chosen: "The photo you chose",
    unseen: "This browser cannot show this kind of photo; it is sent as it is.",
    tooLarge: (megabytes: number) => `This file is larger than ${megabytes} MB. Choose a smaller one.`,
  },
  upload: {
    sending: "Sending the photo",
    processing: "The photo has arrived and is being prepared…",
    ready: "The photo is on the map.",
    late: "The photo takes longer than usual. It appears by itself once it is ready.",
    refused: "This photo cannot be used:",
    staysAnyway: "Your announcement is on the map all the same, and you can add another photo.",
    failed: "The photo has not been sent.",
    retry: "Send the photo again",
  },
  similar: {
    title: "This photo may already be on the map:",
    hint: "If it is the same animal, look there first: somebody may be waiting for your message.",
    away: (metres: number) =>
      metres < 1000 ? "in the same neighbourhood" : `${Math.round(metres / 1000)} km away`,
  },
  copy: {
    copy: "Copy",
    copied: "Copied",
    label: (what: string) => `Copy: ${what}`,
  },
  fields: {
    check: "Some fields need your attention.",
    optional: "optional",
    species: "Kind of animal",
    chooseSpecies: "Choose…",
    title: "Title",
    titleHint: "What one sees first: colour, size, collar.",
    text: "Description",
    textHint: "Marks, behaviour, where it was going. Everybody can read this.",
    when: "When",
    contact: "How to reach you",
    contactHint: "Never shown on the page.",
    name: "Your name",
    email: "E-mail",
    phone: "Phone",
    secretMark: "Secret mark",
    secretMarkHint: "Something only the owner can know, to tell a true claim from a false one. Never shown.",
  },
};

const PL: typeof EN = {
  map: {
    drawing: "Rysowanie mapy…",
    simple: "Prosta mapa · Natural Earth",
    cluster: (count, kinds) => `${announcements(count)}${kinds && `: ${kinds}`}; przybliż`,
    failed: "Nie można teraz pokazać mapy; wszystko inne działa.",
  },
  place: {
    label: "Miejsce",
    hint: "Kliknij lub dotknij miejsca na mapie. Inni widzą tylko okolicę ulicy, nigdy dom.",
    mapLabel: "Mapa do wskazania miejsca",
    middle: "Ustaw na środku mapy",
    chosen: "Wybrane miejsce:",
    none: "Miejsce nie jest jeszcze wybrane.",
  },
  locate: {
    button: "Użyj mojej lokalizacji",
    searching: "Szukanie Twojej lokalizacji…",
    failed: "Nie udało się ustalić Twojej lokalizacji. Wskaż miejsce na mapie.",
  },
  photo: {
    label: "Zdjęcie",
    hint: "Jedno wyraźne zdjęcie pomaga najbardziej. Kolejne możesz dodać później.",
    preparing: "Przygotowywanie zdjęcia…",
    remove: "Usuń zdjęcie",
    chosen: "Wybrane przez Ciebie zdjęcie",
    unseen: "Ta przeglądarka nie umie pokazać takiego zdjęcia; zostanie wysłane bez zmian.",
    tooLarge: (megabytes) => `Ten plik ma ponad ${megabytes} MB. Wybierz mniejszy.`,
  },
  upload: {
    sending: "Wysyłanie zdjęcia",
    processing: "Zdjęcie dotarło i jest przygotowywane…",
    ready: "Zdjęcie jest na mapie.",
    late: "Ze zdjęciem trwa to dłużej niż zwykle. Pojawi się samo, gdy będzie gotowe.",
    refused: "Tego zdjęcia nie można użyć:",
    staysAnyway: "Twoje ogłoszenie i tak jest na mapie, a zdjęcie możesz dodać inne.",
    failed: "Zdjęcie nie zostało wysłane.",
    retry: "Wyślij zdjęcie ponownie",
  },
  similar: {
    title: "To zdjęcie może już być na mapie:",
    hint: "Jeśli to to samo zwierzę, zajrzyj najpierw tam: ktoś może czekać na Twoją wiadomość.",
    away: (metres) => (metres < 1000 ? "w tej samej okolicy" : `${Math.round(metres / 1000)} km stąd`),
  },
  copy: {
    copy: "Kopiuj",
    copied: "Skopiowano",
    label: (what) => `Kopiuj: ${what}`,
  },
  fields: {
    check: "Niektóre pola wymagają Twojej uwagi.",
    optional: "nieobowiązkowe",
    species: "Jakie to zwierzę",
    chooseSpecies: "Wybierz…",
    title: "Tytuł",
    titleHint: "To, co widać od razu: kolor, wielkość, obroża.",
    text: "Opis",
    textHint: "Znaki szczególne, zachowanie, dokąd szło. To przeczyta każdy.",
    when: "Kiedy",
    contact: "Jak się z Tobą skontaktować",
    contactHint: "Nigdy nie pokazujemy tego na stronie.",
    name: "Twoje imię",
    email: "E-mail",
    phone: "Telefon",
    secretMark: "Tajny znak",
    secretMarkHint:
      "Coś, co może wiedzieć tylko opiekun zwierzęcia; po tym odróżnisz prawdę od oszustwa. Nigdy tego nie pokazujemy.",
  },
};

export const WORDS = inLanguage({ en: EN, pl: PL });

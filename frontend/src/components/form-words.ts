import { inLanguage, plural } from "@/lib/language";

/** What the fields of the forms say. */
const EN = {
  place: {
    label: "Place",
    hint: "Tap the place on the map. It is all right not to know it exactly.",
    mapLabel: "Map to choose the place on",
    middle: "Set to the middle of the map",
    chosen: "Place chosen:",
    blur: "What others see of it",
    street: "The street",
    streetHint: "about 150 m",
    area: "Only the area",
    areaHint: "about 1 km",
    circle: "Others see a place somewhere in the circle, never the house.",
    none: "No place chosen yet.",
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
    queued: (count: number) =>
      plural(count, { one: "One photo waits its turn.", other: `${count} photos wait their turn.` }),
    allReady: (count: number) =>
      plural(count, { one: "The photo is on the map.", other: `${count} photos are on the map.` }),
    processing: "The photo has arrived and is being prepared…",
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
  fields: {
    check: "Some fields need your attention.",
    trap: "Your browser filled in a field that nobody sees. It is empty again; please send once more.",
    optional: "optional",
    species: "Kind of animal",
    title: "Title",
    titleHint: "What one sees first: colour, size, collar.",
    text: "Description",
    textHint: "Marks, behaviour, where it was going. Everybody can read this.",
    when: "When",
    link: "Web link",
    linkHint: "To a post of yours elsewhere, if there is one.",
    noContactHere:
      "Everybody can read this, and scammers call such numbers within minutes. Put phone and e-mail into the private fields instead.",
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
  place: {
    label: "Miejsce",
    hint: "Dotknij miejsca na mapie. Nie musi być dokładne.",
    mapLabel: "Mapa do wskazania miejsca",
    middle: "Ustaw na środku mapy",
    chosen: "Wybrane miejsce:",
    blur: "Co z tego zobaczą inni",
    street: "Ulicę",
    streetHint: "około 150 m",
    area: "Tylko okolicę",
    areaHint: "około 1 km",
    circle: "Inni zobaczą miejsce gdzieś w tym kole, nigdy dom.",
    none: "Miejsce nie jest jeszcze wybrane.",
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
    queued: (count) =>
      plural(count, {
        one: "Jedno zdjęcie czeka na swoją kolej.",
        few: `${count} zdjęcia czekają na swoją kolej.`,
        many: `${count} zdjęć czeka na swoją kolej.`,
        other: `${count} zdjęcia czeka na swoją kolej.`,
      }),
    allReady: (count) =>
      plural(count, {
        one: "Zdjęcie jest na mapie.",
        few: `${count} zdjęcia są na mapie.`,
        many: `${count} zdjęć jest na mapie.`,
        other: `${count} zdjęcia jest na mapie.`,
      }),
    processing: "Zdjęcie dotarło i jest przygotowywane…",
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
  fields: {
    check: "Niektóre pola wymagają Twojej uwagi.",
    trap: "Przeglądarka wypełniła pole, którego nikt nie widzi. Jest już puste; wyślij jeszcze raz.",
    optional: "nieobowiązkowe",
    species: "Jakie to zwierzę",
    title: "Tytuł",
    titleHint: "To, co widać od razu: kolor, wielkość, obroża.",
    text: "Opis",
    textHint: "Znaki szczególne, zachowanie, dokąd szło. To przeczyta każdy.",
    when: "Kiedy",
    link: "Link do wpisu",
    linkHint: "Do Twojego wpisu w innym miejscu, jeśli taki jest.",
    noContactHere:
      "To przeczyta każdy, a oszuści dzwonią pod takie numery już po kilku minutach. Telefon i e-mail wpisz lepiej w prywatne pola.",
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

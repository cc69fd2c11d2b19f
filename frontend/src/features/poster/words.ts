import type { Kind, Species } from "@/lib/announcements";
import { inLanguage } from "@/lib/language";

type Headings = Record<Kind, { word: string; animals: Record<Species, string> }>;

const ENGLISH_ANIMALS: Record<Species, string> = {
  dog: "dog",
  cat: "cat",
  bird: "bird",
  rabbit: "rabbit",
  small_mammal: "small pet",
  reptile: "reptile",
  other: "pet",
};

/** Whom somebody found or saw, in Polish. */
const POLISH_FOUND: Record<Species, string> = {
  dog: "psa",
  cat: "kota",
  bird: "ptaka",
  rabbit: "królika",
  small_mammal: "małe zwierzę",
  reptile: "gada",
  other: "zwierzę",
};

/** What a poster and the page around it say. */
const EN = {
  title: "Poster",
  back: "Back to the announcement",
  print: "Print the poster",
  hint: "One A4 page. Put it up where the pet was last seen, at vets, shops and bus stops.",
  headings: {
    lost: { word: "Lost", animals: ENGLISH_ANIMALS },
    found: { word: "Found", animals: ENGLISH_ANIMALS },
    sighting: { word: "Seen", animals: ENGLISH_ANIMALS },
  } as Headings,
  when: "When",
  where: "Where",
  about: (place: string) => `around ${place}`,
  near: (town: string, place: string) => `near ${town} (${place})`,
  scan: {
    lost: "Have you seen it? Scan the code to tell, without an account.",
    found: "Is it yours? Scan the code to write to the finder.",
    sighting: "Is it yours? Have you seen it too? Scan the code.",
  } satisfies Record<Kind, string>,
  code: "QR code of the announcement's address",
  picture: "Photo of the pet",
  own: "What should stand on it?",
  ownHint: "Only you can put this on the poster. It stays on this device and is sent nowhere.",
  contact: "Phone or another way to reach you",
  contactHint: "Everybody who passes by can read it; the code alone also reaches you.",
  place: "Where, in words",
  placeHint: "For example: between the station and the market.",
  none: "There is no poster any more",
  reunited: "This pet is home again: no poster is needed. Please take down those that hang.",
  toMap: "Go to the map",
};

const PL: typeof EN = {
  title: "Plakat",
  back: "Wróć do ogłoszenia",
  print: "Drukuj plakat",
  hint: "Jedna strona A4. Powieś ją tam, gdzie zwierzę było ostatnio widziane, u weterynarzy, w sklepach i na przystankach.",
  headings: {
    lost: {
      word: "Zaginął",
      animals: {
        dog: "pies",
        cat: "kot",
        bird: "ptak",
        rabbit: "królik",
        small_mammal: "mały zwierzak",
        reptile: "gad",
        other: "zwierzak",
      },
    },
    found: { word: "Znaleziono", animals: POLISH_FOUND },
    sighting: { word: "Widziano", animals: POLISH_FOUND },
  },
  when: "Kiedy",
  where: "Gdzie",
  about: (place) => `okolice ${place}`,
  near: (town, place) => `${town}, okolice (${place})`,
  scan: {
    lost: "Widzisz to zwierzę? Zeskanuj kod i daj znać, bez zakładania konta.",
    found: "To Twoje zwierzę? Zeskanuj kod i napisz do znalazcy.",
    sighting: "To Twoje zwierzę? Też je widzisz? Zeskanuj kod.",
  },
  code: "Kod QR z adresem ogłoszenia",
  picture: "Zdjęcie zwierzęcia",
  own: "Co ma być na plakacie?",
  ownHint: "Tylko Ty możesz to umieścić na plakacie. Zostaje na tym urządzeniu i nigdzie nie jest wysyłane.",
  contact: "Telefon albo inny kontakt do Ciebie",
  contactHint: "Przeczyta to każdy, kto przechodzi; sam kod też do Ciebie prowadzi.",
  place: "Gdzie, słowami",
  placeHint: "Na przykład: między dworcem a targiem.",
  none: "Tego plakatu już nie ma",
  reunited: "To zwierzę jest już w domu: plakat nie jest potrzebny. Prosimy o zdjęcie tych, które wiszą.",
  toMap: "Przejdź do mapy",
};

export const WORDS = inLanguage({ en: EN, pl: PL });

import type { Kind, Species } from "@/lib/announcements";
import { inLanguage } from "@/lib/language";

type Titles = Record<Kind, Record<Species, string>>;

const EN = {
  lost: {
    dog: "Lost dog",
    cat: "Lost cat",
    bird: "Lost bird",
    rabbit: "Lost rabbit",
    small_mammal: "Lost small animal",
    reptile: "Lost reptile",
    other: "Lost animal",
  },
  found: {
    dog: "Found dog",
    cat: "Found cat",
    bird: "Found bird",
    rabbit: "Found rabbit",
    small_mammal: "Found small animal",
    reptile: "Found reptile",
    other: "Found animal",
  },
  sighting: {
    dog: "Dog seen",
    cat: "Cat seen",
    bird: "Bird seen",
    rabbit: "Rabbit seen",
    small_mammal: "Small animal seen",
    reptile: "Reptile seen",
    other: "Animal seen",
  },
} satisfies Titles;

const PL: typeof EN = {
  lost: {
    dog: "Zaginął pies",
    cat: "Zaginął kot",
    bird: "Zaginął ptak",
    rabbit: "Zaginął królik",
    small_mammal: "Zaginęło małe zwierzę",
    reptile: "Zaginął gad",
    other: "Zaginęło zwierzę",
  },
  found: {
    dog: "Znaleziono psa",
    cat: "Znaleziono kota",
    bird: "Znaleziono ptaka",
    rabbit: "Znaleziono królika",
    small_mammal: "Znaleziono małe zwierzę",
    reptile: "Znaleziono gada",
    other: "Znaleziono zwierzę",
  },
  sighting: {
    dog: "Widziano psa",
    cat: "Widziano kota",
    bird: "Widziano ptaka",
    rabbit: "Widziano królika",
    small_mammal: "Widziano małe zwierzę",
    reptile: "Widziano gada",
    other: "Widziano zwierzę",
  },
};

/** The title of an announcement whose author wrote none. */
export const TITLES = inLanguage({ en: EN, pl: PL });

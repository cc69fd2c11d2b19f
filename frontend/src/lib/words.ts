import { type Kind, KINDS, type Species } from "@/lib/announcements";
import type { Sign } from "@/lib/glyphs";
import { type Forms, inLanguage, plural } from "@/lib/language";
import { grouped } from "@/lib/numbers";

/** Words that several features use; each feature keeps its own in its words.ts. */
const EN = {
  signs: { lost: "Lost", found: "Found", sighting: "Seen", reunited: "Reunited" } satisfies Record<
    Sign,
    string
  >,
  reports: {
    lost: "I lost a pet",
    found: "I found a pet",
    sighting: "I saw a pet",
  } satisfies Record<Kind, string>,
  species: {
    dog: "Dog",
    cat: "Cat",
    bird: "Bird",
    rabbit: "Rabbit",
    small_mammal: "Small mammal",
    reptile: "Reptile",
    other: "Other animal",
  } satisfies Record<Species, string>,
  announcements: { one: "announcement", other: "announcements" } as Forms,
  counted: {
    lost: { other: "lost" },
    found: { other: "found" },
    sighting: { other: "seen" },
  } as Record<Kind, Forms>,
  common: {
    appName: "Homeward",
    tryAgain: "Try again",
    loading: "Loading…",
    toMap: "Go to the map",
    justNow: "just now",
    unreachable: "Homeward cannot be reached. Check your connection, then try again.",
    busy: "Homeward is busy right now. Wait a moment, then try again.",
    tooMany: "That was a lot in a short time. Take a break, then try again.",
    unexpected: "Something went wrong on our side. Try again in a moment.",
  },
};

const PL: typeof EN = {
  signs: { lost: "Zaginione", found: "Znalezione", sighting: "Widziane", reunited: "Już w domu" },
  reports: {
    lost: "Zaginęło zwierzę",
    found: "Znalezione zwierzę",
    sighting: "Widziane zwierzę",
  },
  species: {
    dog: "Pies",
    cat: "Kot",
    bird: "Ptak",
    rabbit: "Królik",
    small_mammal: "Drobny ssak",
    reptile: "Gad",
    other: "Inne zwierzę",
  },
  announcements: { one: "ogłoszenie", few: "ogłoszenia", many: "ogłoszeń", other: "ogłoszenia" },
  counted: {
    lost: { one: "zaginione", few: "zaginione", many: "zaginionych", other: "zaginionego" },
    found: { one: "znalezione", few: "znalezione", many: "znalezionych", other: "znalezionego" },
    sighting: { one: "widziane", few: "widziane", many: "widzianych", other: "widzianego" },
  },
  common: {
    appName: "Homeward",
    tryAgain: "Spróbuj ponownie",
    loading: "Wczytywanie…",
    toMap: "Przejdź do mapy",
    justNow: "przed chwilą",
    unreachable: "Nie można połączyć się z Homeward. Sprawdź połączenie i spróbuj ponownie.",
    busy: "Homeward ma teraz dużo pracy. Odczekaj chwilę i spróbuj ponownie.",
    tooMany: "To było dużo jak na krótki czas. Zrób przerwę i spróbuj ponownie.",
    unexpected: "Coś poszło nie tak po naszej stronie. Spróbuj ponownie za chwilę.",
  },
};

const WORDS = inLanguage({ en: EN, pl: PL });

export const SIGN_NAMES: Record<Sign, string> = WORDS.signs;
export const REPORT_NAMES: Record<Kind, string> = WORDS.reports;
export const SPECIES_NAMES: Record<Species, string> = WORDS.species;
export const COMMON = WORDS.common;

/** "1 announcement", "1,234 announcements" */
export const announcements = (count: number): string =>
  `${grouped(count)} ${plural(count, WORDS.announcements)}`;

type Counts = Partial<Record<Kind, number>>;

/** "12 lost" and "29 found", each with its kind; without those that there are none of. */
export function countedKinds(counts: Counts): { kind: Kind; text: string }[] {
  return KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count ? [{ kind, text: `${grouped(count)} ${plural(count, WORDS.counted[kind])}` }] : [];
  });
}

/** "12 lost, 29 found" */
export const countsByKind = (counts: Counts): string =>
  countedKinds(counts)
    .map(({ text }) => text)
    .join(", ");

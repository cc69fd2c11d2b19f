import { type Kind, KINDS, type Species } from "@/lib/announcements";
import type { Sign } from "@/lib/glyphs";
import { grouped } from "@/lib/numbers";

/** Words that several features use; each feature keeps its own in its words.ts. */
export const SIGN_NAMES: Record<Sign, string> = {
  lost: "Lost",
  found: "Found",
  sighting: "Seen",
  reunited: "Reunited",
};

export const REPORT_NAMES: Record<Kind, string> = {
  lost: "I lost a pet",
  found: "I found a pet",
  sighting: "I saw a pet",
};

export const SPECIES_NAMES: Record<Species, string> = {
  dog: "Dog",
  cat: "Cat",
  bird: "Bird",
  rabbit: "Rabbit",
  small_mammal: "Small mammal",
  reptile: "Reptile",
  other: "Other animal",
};

export const announcements = (count: number): string =>
  count === 1 ? "1 announcement" : `${grouped(count)} announcements`;

type Counts = Partial<Record<Kind, number>>;

/** "12 lost" and "29 found", each with its kind; without those that there are none of. */
export function countedKinds(counts: Counts): { kind: Kind; text: string }[] {
  const there = KINDS.filter((kind) => counts[kind]);
  return there.map((kind) => ({
    kind,
    text: `${grouped(counts[kind] ?? 0)} ${SIGN_NAMES[kind].toLowerCase()}`,
  }));
}

/** "12 lost, 29 found" */
export const countsByKind = (counts: Counts): string =>
  countedKinds(counts)
    .map(({ text }) => text)
    .join(", ");

export const COMMON = {
  appName: "Homeward",
  tryAgain: "Try again",
  loading: "Loading…",
  toMap: "Go to the map",
  unreachable: "Homeward cannot be reached. Check your connection, then try again.",
  busy: "Homeward is busy right now. Wait a moment, then try again.",
  unexpected: "Something went wrong on our side. Try again in a moment.",
};

import type { Kind, Species } from "@/lib/announcements";
import type { Sign } from "@/lib/glyphs";

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

export const COMMON = {
  appName: "Homeward",
  tryAgain: "Try again",
  loading: "Loading…",
  toMap: "Go to the map",
  unreachable: "Homeward cannot be reached. Check your connection, then try again.",
  busy: "Homeward is busy right now. Wait a moment, then try again.",
  unexpected: "Something went wrong on our side. Try again in a moment.",
};

import { wholeBegin } from "@/features/map/rounding";
import { KINDS, type Kind, SPECIES, type Species } from "@/lib/announcements";
import type { ViewportQuery } from "@/lib/api";
import type { Pin } from "@/lib/pins";

/** How far back the map looks. */
export const WINDOWS = {
  "24h": { label: "Last 24 hours", days: 1 },
  "7d": { label: "Last 7 days", days: 7 },
  "30d": { label: "Last 30 days", days: 30 },
  "3m": { label: "Last 3 months", days: 91 },
  "12m": { label: "Last 12 months", days: 365 },
  all: { label: "Any time", days: null },
} as const;

export type WindowName = keyof typeof WINDOWS;
export const WINDOW_NAMES = Object.keys(WINDOWS) as WindowName[];
const DEFAULT_WINDOW: WindowName = "3m"; // as long as most announcements live

/** Which announcements the map shows; no kinds, or no species, stand for all of them. */
export interface Filters {
  kinds: readonly Kind[];
  species: Species | null;
  window: WindowName;
}

export const EVERYTHING: Filters = { kinds: [], species: null, window: "all" };

/** Read the filters from the address; what is not known there counts as not said. */
export function readFilters(search: URLSearchParams): Filters {
  const kinds = (search.get("kind") ?? "").split(",");
  return {
    kinds: KINDS.filter((kind) => kinds.includes(kind)),
    species: SPECIES.find((species) => species === search.get("species")) ?? null,
    window: WINDOW_NAMES.find((name) => name === search.get("time")) ?? DEFAULT_WINDOW,
  };
}

/** Write the filters into an address, leaving out what is usual. */
export function writeFilters(search: URLSearchParams, { kinds, species, window }: Filters): URLSearchParams {
  const changed = new URLSearchParams(search);
  const values = {
    kind: kinds.join(","),
    species: species ?? "",
    time: window === DEFAULT_WINDOW ? "" : window,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) changed.set(name, value);
    else changed.delete(name);
  }
  return changed;
}

/** The filters in the API's words, with a rounded beginning, so that equal questions look equal. */
export function questionOf({ kinds, species, window }: Filters, now = Date.now()): Partial<ViewportQuery> {
  const begin = beginOf(window, now);
  return {
    ...(kinds.length && { kind: kinds.join(",") }),
    ...(species && { species }),
    ...(begin && { datetime: `${new Date(begin).toISOString().slice(0, 19)}Z/..` }),
  };
}

export function isWanted(pin: Pin, { kinds, species, window }: Filters, now = Date.now()): boolean {
  return (
    (!kinds.length || kinds.includes(pin.kind)) &&
    (!species || species === pin.species) &&
    Date.parse(pin.eventAt) >= (beginOf(window, now) ?? -Infinity)
  );
}

function beginOf(window: WindowName, now: number): number | null {
  const { days } = WINDOWS[window];
  return days && wholeBegin(days, now);
}

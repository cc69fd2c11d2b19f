import { wholeBegin } from "@/features/map/rounding";
import { KINDS, type Kind, SPECIES, type Species } from "@/lib/announcements";
import type { ViewportQuery } from "@/lib/api";
import type { Pin } from "@/lib/pins";
import { toLocalInput } from "@/lib/time";

/** How far back the map looks, in days; `days` is not a length but a window from one day to another. */
const LENGTHS = { "24h": 1, "7d": 7, "30d": 30, "3m": 91, "12m": 365, all: null, days: null };

export type WindowName = keyof typeof LENGTHS;
export const WINDOW_NAMES = Object.keys(LENGTHS) as WindowName[];
const DEFAULT_WINDOW: WindowName = "3m"; // as long as most announcements live

const DAY = /^(19|20)\d\d-\d\d-\d\d$/;

/** Which announcements the map shows; no kinds, or no species, stand for all of them. */
export interface Filters {
  kinds: readonly Kind[];
  species: Species | null;
  window: WindowName;
  /** The first and the last day of a window of days, in the person's own time zone; "" leaves that side open. */
  from: string;
  to: string;
}

export const EVERYTHING: Filters = { kinds: [], species: null, window: "all", from: "", to: "" };
export const USUAL: Filters = { ...EVERYTHING, window: DEFAULT_WINDOW };

/** Read the filters from the address; what is not known there counts as not said. */
export function readFilters(search: URLSearchParams): Filters {
  const kinds = (search.get("kind") ?? "").split(",");
  const [from, to] = [dayOf(search.get("from")), dayOf(search.get("to"))];
  const window = WINDOW_NAMES.find((name) => name === search.get("time")) ?? DEFAULT_WINDOW;
  return {
    kinds: KINDS.filter((kind) => kinds.includes(kind)),
    species: SPECIES.find((species) => species === search.get("species")) ?? null,
    window,
    ...(window === "days" ? { from, to } : { from: "", to: "" }),
  };
}

/** Write the filters into an address, leaving out what is usual. */
export function writeFilters(search: URLSearchParams, filters: Filters): URLSearchParams {
  const { kinds, species, window, from, to } = filters;
  const changed = new URLSearchParams(search);
  const values = {
    kind: kinds.join(","),
    species: species ?? "",
    time: window === DEFAULT_WINDOW ? "" : window,
    from: window === "days" ? from : "",
    to: window === "days" ? to : "",
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) changed.set(name, value);
    else changed.delete(name);
  }
  return changed;
}

/** The filters in the API's words, with a rounded beginning, so that equal questions look equal. */
export function questionOf(filters: Filters, now = Date.now()): Partial<ViewportQuery> {
  const { kinds, species } = filters;
  const [begin, end] = spanOf(filters, now);
  const isOpen = begin === -Infinity && end === Infinity;
  return {
    ...(kinds.length && { kind: kinds.join(",") }),
    ...(species && { species }),
    ...(!isOpen && { datetime: `${momentOf(begin)}/${momentOf(end)}` }),
  };
}

export function isWanted(pin: Pin, filters: Filters, now = Date.now()): boolean {
  const { kinds, species } = filters;
  const [begin, end] = spanOf(filters, now);
  const at = Date.parse(pin.eventAt);
  return (
    (!kinds.length || kinds.includes(pin.kind)) &&
    (!species || species === pin.species) &&
    at >= begin &&
    at <= end
  );
}

/** Another window; one of days begins with the one before it, so that nothing is lost on the way. */
export function withWindow(filters: Filters, window: WindowName, now = Date.now()): Partial<Filters> {
  const days = LENGTHS[filters.window];
  if (window !== "days") return { window, from: "", to: "" };
  return { window, from: days ? toLocalInput(new Date(now - days * 86_400_000)).slice(0, 10) : "", to: "" };
}

export const isDay = (text: string): boolean =>
  DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00`));

/** Whether two questions are the same. */
export const isSame = (one: Filters, other: Filters): boolean => keyOf(one) === keyOf(other);

const keyOf = ({ kinds, species, window, from, to }: Filters): string =>
  [kinds, species, window, from, to].join(";");

type Span = [begin: number, end: number];

function spanOf({ window, from, to }: Filters, now: number): Span {
  if (window === "days") return spanOfDays(from, to);
  const days = LENGTHS[window];
  return [days ? wholeBegin(days, now) : -Infinity, Infinity];
}

/** From the first second of one day to the last of another, whichever of them was named first. */
function spanOfDays(from: string, to: string): Span {
  const [first, last] = from && to && from > to ? [to, from] : [from, to];
  return [
    first ? Date.parse(`${first}T00:00:00`) : -Infinity,
    last ? Date.parse(`${last}T23:59:59`) : Infinity,
  ];
}

const momentOf = (time: number): string =>
  Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19)}Z` : "..";

const dayOf = (text: string | null): string => (text !== null && isDay(text) ? text : "");

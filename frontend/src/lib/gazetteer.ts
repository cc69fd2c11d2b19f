import folder from "virtual:gazetteer";
import { filedUnder, fold } from "@/lib/folding";
import { LARGE_PLACES, type LargePlacesFile, type PlaceRow, type PlacesFile } from "@/lib/gazetteer-files";
import { language, locale } from "@/lib/language";
import type { LatLon } from "@/lib/map-view";
import { Unreachable } from "@/lib/problem";

/** A place that was found by its name. */
export interface FoundPlace extends LatLon {
  /** The name that it was found by. */
  name: string;
  /** Its usual name in the page's language, if it was found by another one. */
  usual: string | null;
  /** Its country, and its region where another place of the name is in the same country. */
  where: string;
  /** How close to look at it. */
  zoom: number;
}

const LEAST_LETTERS = 2;
const MOST_SHELVES = 2; // what fewer letters than a name's first three would load is of little use
const MOST_FOUND = 8;
const EXACTLY = 4; // letters, from which on a place of exactly this name comes before the larger ones

// In sizes, which are four times the power of two of a place's people:
const FIRST = 1_000;
const BY_OTHER_NAME = 8; // as a place of a quarter of its people
const BY_WORD = 12; // of an eighth

const COUNTRIES = new Intl.DisplayNames(locale, { type: "region" });

interface Entry {
  row: PlaceRow;
  region: string;
  keys: readonly { name: string; key: string; isUsual: boolean }[];
}

interface Match {
  entry: Entry;
  name: string;
  rank: number;
}

/** Places by the beginning of a name, in English or Polish, marks or none, the larger ones first; "name, country" too. */
export async function findPlaces(text: string): Promise<FoundPlace[]> {
  const [wanted = "", ...within] = text.split(",").map(fold);
  if (wanted.replaceAll(" ", "").length < LEAST_LETTERS) return [];
  const large = await largePlaces();
  const shelves = await Promise.all(shelvesFor(filedUnder(wanted), large.shelves).map(shelf));
  const matches = [large.entries, ...shelves]
    .flat()
    .flatMap((entry) => matchOf(entry, wanted) ?? [])
    .filter(({ entry }) => within.every((part) => isWithin(entry, part)));
  return told(once(matches.sort(byRank)).slice(0, MOST_FOUND));
}

const NEAR = 0.25; // degrees of latitude, about 28 km: farther off a town's name says little

/** The nearest of the larger places, by its name in the page's language; null where there is none. */
export async function townNear({ latitude, longitude }: LatLon): Promise<string | null> {
  const narrow = Math.cos((latitude * Math.PI) / 180);
  let [nearest, name]: [number, string | null] = [NEAR, null];
  for (const { row, keys } of (await largePlaces()).entries) {
    const away = Math.hypot(row[3] - latitude, (row[4] - longitude) * narrow);
    if (away < nearest) [nearest, name] = [away, keys[0]?.name ?? null];
  }
  return name;
}

/** Load what every search needs before the first letter is typed. */
export const preloadGazetteer = (): void => void largePlaces().catch(() => undefined);

const files = new Map<string, Promise<unknown>>();

/** A file of the gazetteer, loaded once; one that could not be loaded is tried again when it is next needed. */
function file<Content, Made>(name: string, make: (content: Content) => Made): Promise<Made> {
  const known = files.get(name);
  if (known) return known as Promise<Made>;
  const made = fetched<Content>(`${folder}${name}.json`).then(make);
  files.set(name, made);
  made.catch(() => files.delete(name));
  return made;
}

async function fetched<Content>(address: string): Promise<Content> {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) throw new Unreachable();
  return response.json() as Promise<Content>;
}

const largePlaces = () =>
  file(LARGE_PLACES, (content: LargePlacesFile) => ({
    entries: entriesOf(content),
    shelves: content.shelves,
  }));
const shelf = (index: number) => file(String(index), entriesOf);

/** The files that hold all names with this beginning; none where they are too many. */
export function shelvesFor(beginning: string, starts: readonly string[]): number[] {
  const upTo = (length?: number) => starts.filter((start) => start.slice(0, length) <= beginning).length;
  const first = Math.max(0, upTo() - 1);
  const last = upTo(beginning.length) - 1;
  const count = last - first + 1;
  return count > MOST_SHELVES ? [] : Array.from({ length: count }, (_, index) => first + index);
}

function entriesOf({ places, regions }: PlacesFile): Entry[] {
  return places.map((row) => {
    const [name, , region, , , , polish, ...others] = row;
    const usual = (language === "pl" && polish ? [polish, name] : [name, polish ?? ""]).filter(Boolean);
    const keyed = (isUsual: boolean) => (one: string) => ({ name: one, key: fold(one), isUsual });
    const keys = [...usual.map(keyed(true)), ...others.map(keyed(false))];
    return { row, region: regionName(regions[region] ?? ""), keys };
  });
}

function regionName(region: string): string {
  const [english = "", polish = english] = region.split("|");
  return language === "pl" ? polish : english;
}

/** By which of its names an entry is found, and how well: the size that a place would need to be as likely a wish. */
function matchOf(entry: Entry, wanted: string): Match | null {
  const size = entry.row[5];
  const exact = wanted.length >= EXACTLY && entry.keys.find(({ key }) => key === wanted);
  if (exact) return { entry, name: exact.name, rank: size + FIRST };
  const beginning = entry.keys.find(({ key }) => key.startsWith(wanted));
  if (beginning)
    return { entry, name: beginning.name, rank: beginning.isUsual ? size : size - BY_OTHER_NAME };
  const word = entry.keys.find(({ key }) => key.includes(` ${wanted}`));
  return word ? { entry, name: word.name, rank: size - BY_WORD } : null;
}

function isWithin({ row, region }: Entry, part: string): boolean {
  return [COUNTRIES.of(row[1]) ?? "", row[1], region].some((name) => fold(name).startsWith(part));
}

const byRank = (one: Match, other: Match): number => other.rank - one.rank;

/** A place may be found in two files, by two of its names. */
function once(matches: readonly Match[]): Match[] {
  const known = new Set<string>();
  return matches.filter(({ entry: { row } }) => {
    const identity = [row[0], row[3], row[4]].join();
    return !known.has(identity) && known.add(identity);
  });
}

function told(matches: readonly Match[]): FoundPlace[] {
  return matches.map((match) => {
    const { row, region, keys } = match.entry;
    const [, country, , latitude, longitude, size] = row;
    const usual = keys[0]?.name ?? match.name;
    const isTwin = matches.some(
      (other) => other !== match && other.name === match.name && other.entry.row[1] === country,
    );
    return {
      name: match.name,
      usual: usual === match.name ? null : usual,
      where: [isTwin && region, COUNTRIES.of(country) ?? country].filter(Boolean).join(", "),
      latitude,
      longitude,
      zoom: zoomFor(size),
    };
  });
}

/** A village is looked at more closely than a metropolis: `size` is four times the power of two of its people. */
const zoomFor = (size: number): number => (size > 79 ? 11 : size > 66 ? 12 : size > 53 ? 13 : 14);

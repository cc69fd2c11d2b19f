/** Makes the gazetteer's files of GeoNames: the large places in one, all others by the beginnings of their names. */
import { filedUnder } from "../../src/lib/folding.ts";
import { LARGE_PLACES, type LargePlacesFile, type PlaceRow } from "../../src/lib/gazetteer-files.ts";

/** A line of GeoNames' list of places. */
export interface Place {
  name: string;
  others: readonly string[];
  latitude: number;
  longitude: number;
  country: string;
  region: string; // its name
  population: number;
  polish?: string;
}

/** A place in the file of a name that it is found by; `other` if that is neither its usual nor its Polish one. */
interface Filed {
  key: string;
  place: Place;
  other?: string;
}

const LARGE = 100_000; // people
const FOUND_BY_ANY_NAME = 15_000; // people; elsewhere its usual and its Polish name must do, except in Poland
const SHELF = 1_000; // names of one file: about 15 KB gzipped
const LATIN = /^\p{Lu}[\p{Script=Latin}\p{M} .'-]+$/u;

/** The text of each file, by its name. */
export function makeFiles(all: readonly Place[], polishNames: readonly string[]): Map<string, string> {
  const places = withPolishNames(all, polishNames).sort((one, other) => other.population - one.population);
  const large = places.filter(isLarge).map((place) => ({ key: "", place }));
  const shelves = shelve(places.flatMap(filed));
  const first: LargePlacesFile = { ...fileOf(large), shelves: shelves.map((shelf) => shelf[0]?.key ?? "") };
  const files = [
    [LARGE_PLACES, first] as const,
    ...shelves.map((shelf, at) => [String(at), fileOf(shelf)] as const),
  ];
  return new Map(files.map(([name, file]) => [name, JSON.stringify(file)]));
}

const isLarge = ({ population }: Place): boolean => population >= LARGE;

/**
 * GeoNames' list has a place's names in all languages without telling which is which, so which ones are Polish is
 * told here; the place is the largest that has that name.
 */
function withPolishNames(all: readonly Place[], polishNames: readonly string[]): Place[] {
  const wanted = new Set(polishNames);
  const bearers = new Map<string, Place>();
  for (const place of all)
    for (const name of place.others)
      if (wanted.has(name) && place.population > (bearers.get(name)?.population ?? -1))
        bearers.set(name, place);
  const missing = polishNames.filter((name) => !bearers.has(name));
  if (missing.length) throw new Error(`GeoNames knows no such places: ${missing.join(", ")}`);
  const polish = new Map([...bearers].map(([name, place]) => [place, name]));
  return all.map((place) => ({ ...place, polish: polish.get(place) }));
}

/** A place under each of its names, but for those by which the first file has it. */
function filed(place: Place): Filed[] {
  const { name, polish, others, population, country } = place;
  const usual = new Set([name, polish ?? name].map(filedUnder));
  const files: Filed[] = isLarge(place) ? [] : [...usual].map((key) => ({ key, place }));
  if (population < FOUND_BY_ANY_NAME && country !== "PL") return files;
  for (const other of others) {
    const key = filedUnder(other);
    if (!LATIN.test(other) || usual.has(key)) continue;
    usual.add(key);
    files.push({ key, place, other });
  }
  return files;
}

/** Names in the order of the alphabet, cut into files of one size; the same name is never in two of them. */
function shelve(all: readonly Filed[]): Filed[][] {
  const sorted = [...all].sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  const shelves: Filed[][] = [];
  for (const one of sorted) {
    const last = shelves.at(-1);
    if (!last || (last.length >= SHELF && last.at(-1)?.key !== one.key)) shelves.push([one]);
    else last.push(one);
  }
  return shelves;
}

function fileOf(filed: readonly Filed[]): { places: PlaceRow[]; regions: string[] } {
  const others = new Map<Place, string[]>();
  for (const { place, other } of filed)
    others.set(place, [...(others.get(place) ?? []), ...(other ? [other] : [])]);
  const regions = [...new Set([...others.keys()].map(({ region }) => region))];
  const index = new Map(regions.map((region, at) => [region, at]));
  const places = [...others].map(([place, names]) => rowOf(place, index.get(place.region) ?? 0, names));
  return { places, regions };
}

function rowOf(place: Place, region: number, others: string[]): PlaceRow {
  const { name, country, latitude, longitude, population, polish = "" } = place;
  const row: PlaceRow = [name, country, region, rounded(latitude), rounded(longitude), sizeOf(population)];
  return polish || others.length ? [...row, polish, ...others] : row;
}

const sizeOf = (population: number): number => Math.round(4 * Math.log2(1 + population));
const rounded = (degrees: number): number => Math.round(degrees * 100) / 100; // a kilometre: it is a town

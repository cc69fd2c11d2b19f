/** The files of the gazetteer, as scripts/gazetteer makes them and lib/gazetteer.ts reads them. */

/**
 * One place: its usual name, its country (ISO 3166), its region (an index), its coordinates, its size (that grows with
 * its population); then its Polish name, "" if that is the same, and other names under which the file has it.
 */
export type PlaceRow = [
  name: string,
  country: string,
  region: number,
  latitude: number,
  longitude: number,
  size: number,
  polish?: string,
  ...others: string[],
];

/** Places, the largest first. A region has its English name, and after a bar the Polish one if that is another. */
export interface PlacesFile {
  places: PlaceRow[];
  regions: string[];
}

/** The first file that is loaded: the large places, and where in the alphabet each of the other files begins. */
export interface LargePlacesFile extends PlacesFile {
  shelves: string[];
}

export const LARGE_PLACES = "large";

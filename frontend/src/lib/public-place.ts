import type { LatLon } from "@/lib/map-view";

/** How much of a place is hidden from everybody else. */
export type Blur = "street" | "area";

/** What others learn of a place: its cell's middle; `radius`, in metres, reaches the cell's corners. */
export interface PublicPlace extends LatLon {
  radius: number;
}

const PRECISION: Record<Blur, number> = { street: 7, area: 6 }; // characters of a geohash, as the API has it
const BITS = 5; // of a character
const DEGREE = 111_195; // metres of latitude

/** Tell what others will be shown of a place; the API decides, this is drawn while one chooses. */
export function publicPlaceOf({ latitude, longitude }: LatLon, blur: Blur): PublicPlace {
  const bits = PRECISION[blur] * BITS;
  const height = 180 / 2 ** Math.floor(bits / 2);
  const width = 360 / 2 ** Math.ceil(bits / 2);
  const middle = {
    latitude: middleOf(latitude, height, 90),
    longitude: middleOf(longitude, width, 180),
  };
  const across = width * Math.cos((middle.latitude * Math.PI) / 180);
  return { ...middle, radius: (Math.hypot(height, across) / 2) * DEGREE };
}

/** The middle of the cell a number lies in; cells hold their upper edge. */
function middleOf(value: number, size: number, edge: number): number {
  const index = Math.max(0, Math.ceil((value + edge) / size) - 1);
  return -edge + (index + 0.5) * size;
}

import { foldLongitude, type LatLon, type MapView } from "@/lib/map-view";

/** A rectangle of the map; `west` may be below -180 and `east` above 180 where the map repeats the world. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

const TILE = 256; // pixels of the world's width at zoom 0
const STEPS_PER_TILE = 2; // questions are rounded to half a tile, so that small movements ask the same

/** The rectangle that a map of this size in pixels shows, in Web Mercator. */
export function boundsAround(view: MapView, width: number, height: number): Bounds {
  const scale = 360 / (TILE * 2 ** view.zoom);
  const middle = mercator(view.latitude);
  return {
    west: view.longitude - (width / 2) * scale,
    east: view.longitude + (width / 2) * scale,
    south: latitudeOf(middle - (height / 2) * scale),
    north: latitudeOf(middle + (height / 2) * scale),
  };
}

/** Round a rectangle outward and write it as the API's bbox: west > east where it crosses the antimeridian. */
export function toBbox(bounds: Bounds, zoom: number): string {
  const step = 360 / 2 ** zoom / STEPS_PER_TILE;
  const south = Math.max(-90, latitudeOf(Math.floor(mercator(bounds.south) / step) * step));
  const north = Math.min(90, latitudeOf(Math.ceil(mercator(bounds.north) / step) * step));
  const west = Math.floor(bounds.west / step) * step;
  const east = Math.ceil(bounds.east / step) * step;
  const sides = east - west >= 360 ? [-180, 180] : [foldLongitude(west), foldLongitude(east)];
  return [sides[0], south, sides[1], north].map((side) => Number(side?.toFixed(6))).join(",");
}

/** Tell whether a place lies in a bbox as `toBbox` writes it. */
export function isInside(bbox: string, { latitude, longitude }: LatLon): boolean {
  const [west = 0, south = 0, east = 0, north = 0] = bbox.split(",").map(Number);
  if (latitude < south || latitude > north) return false;
  return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
}

function mercator(latitude: number): number {
  const clamped = Math.max(-85.0511, Math.min(85.0511, latitude));
  return (Math.log(Math.tan(Math.PI / 4 + (clamped * Math.PI) / 360)) * 180) / Math.PI;
}

function latitudeOf(y: number): number {
  if (y >= 180) return 90;
  if (y <= -180) return -90;
  return (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;
}

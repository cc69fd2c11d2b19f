import { foldLongitude, type LatLon, type MapView, nearestCopy } from "@/lib/map-view";

/** A rectangle of the map; `west` may be below -180 and `east` above 180 where the map repeats the world. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** A rectangle as the API has it: west > east where it crosses the antimeridian. */
export type Box = readonly [west: number, south: number, east: number, north: number];

export const MERCATOR_EDGE = 85.0511; // degrees: where the map ends
const TILE = 256; // pixels of the world's width at zoom 0
const ROUNDING = 1e-9; // degrees

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

/** The closest view that shows all of a box on a map of this size in pixels; its zoom is Infinity for a point. */
export function viewAround([west, south, east, north]: Box, width: number, height: number): MapView {
  const across = widthOf(west, east);
  const [low, high] = [mercator(south), mercator(north)];
  const scale = Math.min(width / across, height / (high - low)); // pixels per degree
  return {
    latitude: latitudeOf((low + high) / 2),
    longitude: foldLongitude(west + across / 2),
    zoom: Math.floor(Math.log2((scale * 360) / TILE)),
  };
}

/** The smallest box of some places, at least one, that lie within half the world around the first. */
export function boxAround(places: readonly LatLon[]): Box {
  const start = places[0]?.longitude ?? 0;
  const longitudes = places.map(({ longitude }) => nearestCopy(longitude, start));
  const latitudes = places.map(({ latitude }) => latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)].map(foldLongitude) as [
    number,
    number,
  ];
  return [west, Math.min(...latitudes), east, Math.max(...latitudes)];
}

export const boxOf = (bbox: string): Box => bbox.split(",").map(Number) as unknown as Box;

/** Tell whether a place lies in a box. */
export const isInside = (box: Box, { latitude, longitude }: LatLon): boolean =>
  covers(box, { west: longitude, south: latitude, east: longitude, north: latitude });

/** Tell whether a box holds all of a rectangle. */
export function covers([west, south, east, north]: Box, bounds: Bounds): boolean {
  if (Math.max(-90, bounds.south) < south - ROUNDING || Math.min(90, bounds.north) > north + ROUNDING)
    return false;
  const across = widthOf(west, east);
  const begin = turned(bounds.west - west + ROUNDING) - ROUNDING;
  return across >= 360 || begin + bounds.east - bounds.west <= across + ROUNDING;
}

/** Tell whether a place is to be seen. */
export function isSeen({ west, south, east, north }: Bounds, { latitude, longitude }: LatLon): boolean {
  const copy = nearestCopy(longitude, (west + east) / 2);
  return latitude >= south && latitude <= north && copy >= west && copy <= east;
}

/** Tell whether any part of a box is to be seen. */
export function isTouched(bounds: Bounds, [west, south, east, north]: Box): boolean {
  const across = widthOf(west, east);
  const middle = nearestCopy(west + across / 2, (bounds.west + bounds.east) / 2);
  const isLevel = south <= bounds.north && north >= bounds.south;
  return isLevel && middle - across / 2 <= bounds.east && middle + across / 2 >= bounds.west;
}

const widthOf = (west: number, east: number): number => (west > east ? east + 360 - west : east - west);
const turned = (degrees: number): number => ((degrees % 360) + 360) % 360;

function mercator(latitude: number): number {
  const clamped = Math.max(-MERCATOR_EDGE, Math.min(MERCATOR_EDGE, latitude));
  return (Math.log(Math.tan(Math.PI / 4 + (clamped * Math.PI) / 360)) * 180) / Math.PI;
}

function latitudeOf(y: number): number {
  if (y >= 180) return 90;
  if (y <= -180) return -90;
  return (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;
}

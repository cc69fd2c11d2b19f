import { store, stored } from "@/lib/storage";

export interface LatLon {
  latitude: number;
  longitude: number;
}

/** What the map shows: its centre and its zoom. */
export interface MapView extends LatLon {
  zoom: number;
}

const KEY = "homeward.view";
export const WORLD: MapView = { latitude: 30, longitude: 0, zoom: 2 };
export const MAX_ZOOM = 19;
export const LEAST_ZOOM = 2; // where the world is as wide as a screen
export const STREET_ZOOM = 15; // close enough to point at a house

export function formatView({ latitude, longitude, zoom }: MapView): string {
  return `${latitude.toFixed(5)},${longitude.toFixed(5)},${zoom}`;
}

/** Read a view from an address or the device; null for what is not one. */
export function parseView(text: string | null): MapView | null {
  const [latitude, longitude, zoom, more] = (text ?? "")
    .split(",")
    .map((part) => (part ? Number(part) : NaN));
  if (latitude === undefined || longitude === undefined || zoom === undefined || more !== undefined)
    return null;
  const inRange = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && zoom >= 0 && zoom <= MAX_ZOOM;
  return inRange ? { latitude, longitude, zoom: Math.round(zoom) } : null;
}

export const rememberView = (view: MapView): boolean => store(KEY, formatView(view));
export const rememberedView = (): MapView => lastView() ?? WORLD;

/** Where the person left the map; null on the first visit. */
export const lastView = (): MapView | null => parseView(stored(KEY));

/** Whether two views are the same to the eye: a map that changes its size moves by a pixel or so. */
export function isSameView(one: MapView, other: MapView): boolean {
  const pixel = 360 / (256 * 2 ** one.zoom);
  const across = Math.abs(nearestCopy(one.longitude, other.longitude) - other.longitude);
  const isNear = across < 2 * pixel && Math.abs(one.latitude - other.latitude) < 2 * pixel;
  return one.zoom === other.zoom && isNear;
}

/** Fold a longitude into -180..180. */
export function foldLongitude(longitude: number): number {
  return longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** The copy of a longitude that lies nearest to another one, on a map that repeats the world. */
export function nearestCopy(longitude: number, to: number): number {
  return longitude + 360 * Math.round((to - longitude) / 360);
}

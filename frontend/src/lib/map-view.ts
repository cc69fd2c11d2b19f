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
const WORLD: MapView = { latitude: 30, longitude: 0, zoom: 2 };
export const MAX_ZOOM = 19;
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
export const rememberedView = (): MapView => parseView(stored(KEY)) ?? WORLD;

/** Fold a longitude into -180..180. */
export function foldLongitude(longitude: number): number {
  return longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** The copy of a longitude that lies nearest to another one, on a map that repeats the world. */
export function nearestCopy(longitude: number, to: number): number {
  return longitude + 360 * Math.round((to - longitude) / 360);
}

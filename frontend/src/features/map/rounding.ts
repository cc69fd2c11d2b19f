/** What a view asks for, rounded outward, so that neighbours in space and time ask the same and share one answer. */
import { type Bounds, MERCATOR_EDGE } from "@/lib/bounds";

/** Up to which zoom which level is asked for: tiles of level L are geohash cells of L characters. */
const LEVELS = [
  { zoom: 3, level: 0 },
  { zoom: 6, level: 1 },
  { zoom: 8, level: 2 },
  { zoom: 11, level: 3 },
  { zoom: 13, level: 4 },
  { zoom: 16, level: 5 },
];
const STREET_LEVEL = 6; // a tile of level 5 is ten street views: its newest announcements need not lie in this one
const MAX_TILES = 15; // 5 x 3, as the largest common screens need; more would be for windows of odd shapes
const FINER = 2; // levels from a tile to its grandchildren
const BITS_PER_CHARACTER = 5;

const DAY = 86_400_000; // milliseconds
const HOUR = 3_600_000;
const FIVE_MINUTES = 300_000;

export const levelOf = (zoom: number): number =>
  LEVELS.find((upTo) => zoom <= upTo.zoom)?.level ?? STREET_LEVEL;

/** Grow a rectangle to whole tiles, and write it as the API's bbox: west > east where it crosses the antimeridian. */
export function wholeTiles(bounds: Bounds, zoom: number): string {
  const level = levelOf(zoom);
  const tiles = tilesAround(bounds, level);
  return written(tiles.count <= MAX_TILES ? tiles : tilesAround(bounds, level + FINER));
}

/** The beginning of a window of so many days: on the five minutes for one day, on the hour for more. */
export function wholeBegin(days: number, now: number): number {
  const step = days > 1 ? HOUR : FIVE_MINUTES;
  return Math.floor((now - days * DAY) / step) * step;
}

/** Tiles of one level side by side, from `first` up to, but without, `after`; columns run on over the antimeridian. */
interface Slots {
  first: number;
  after: number;
  size: number; // degrees
  total: number;
}

interface Tiles {
  columns: Slots;
  rows: Slots;
  count: number;
}

function tilesAround({ west, south, east, north }: Bounds, level: number): Tiles {
  const bits = level * BITS_PER_CHARACTER;
  const columns = slots(west + 180, east + 180, 360, 2 ** Math.ceil(bits / 2));
  const rows = clamped(slots(south + 90, north + 90, 180, 2 ** Math.floor(bits / 2)));
  const count = Math.min(columns.total, columns.after - columns.first) * (rows.after - rows.first);
  return { columns, rows: toThePoles(rows, south, north), count };
}

function slots(from: number, to: number, length: number, total: number): Slots {
  const size = length / total;
  const first = Math.floor(from / size);
  return { first, after: Math.max(first + 1, Math.ceil(to / size)), size, total };
}

function clamped({ first, after, size, total }: Slots): Slots {
  const lowest = Math.min(total - 1, Math.max(0, first));
  return { first: lowest, after: Math.max(lowest + 1, Math.min(total, after)), size, total };
}

/** What lies beyond the map's edge is drawn on it, so it is asked for where the edge is seen. */
function toThePoles(rows: Slots, south: number, north: number): Slots {
  const first = south <= -MERCATOR_EDGE ? 0 : rows.first;
  return { ...rows, first, after: north >= MERCATOR_EDGE ? rows.total : rows.after };
}

/** Edges are 45 times a power of two: exact in binary, and JavaScript writes the shortest decimal of each. */
function written({ columns, rows }: Tiles): string {
  const [west, east] = sidesOf(columns);
  return [west, rows.first * rows.size - 90, east, rows.after * rows.size - 90].join();
}

function sidesOf({ first, after, size, total }: Slots): [west: number, east: number] {
  if (after - first >= total) return [-180, 180];
  return [folded(first, total) * size - 180, (folded(after - 1, total) + 1) * size - 180];
}

const folded = (column: number, total: number): number => ((column % total) + total) % total;

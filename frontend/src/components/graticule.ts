import type { Bounds } from "@/lib/bounds";

const STEPS = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const WANTED = 5; // lines across the view

type Line = [latitude: number, longitude: number][];

/** Meridians and parallels of a round distance, so that a map without streets still shows movement and size. */
export function graticule(view: Bounds): Line[] {
  const { west, south, east, north } = withMargin(view);
  const step = STEPS.find((degrees) => (view.east - view.west) / degrees >= WANTED) ?? 0.001;
  const meridians = multiples(west, east, step).map((x): Line => [[south, x], [north, x]]); // prettier-ignore
  const parallels = multiples(south, north, step).map((y): Line => [[y, west], [y, east]]); // prettier-ignore
  return [...meridians, ...parallels];
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

/** Half a view more on every side, so that lines are there while the map is dragged. */
function withMargin({ west, south, east, north }: Bounds): Bounds {
  const [x, y] = [(east - west) / 2, (north - south) / 2];
  return { west: west - x, south: Math.max(-85, south - y), east: east + x, north: Math.min(85, north + y) };
}

import type { LatLon } from "@/lib/map-view";

const GOLDEN_ANGLE = 2.399963; // radians: neighbours on the spiral never line up
const SPREAD = 30; // pixels between pins of one spot

export interface Offset {
  x: number;
  y: number;
}

/** Push apart the marks of one spot: public places are centres of cells, so that many share one exactly. */
export function fanOut(marks: readonly (LatLon & { id: string })[]): Map<string, Offset> {
  const taken = new Map<string, number>();
  return new Map(
    marks.map((mark) => {
      const spot = `${mark.latitude},${mark.longitude}`;
      const index = taken.get(spot) ?? 0;
      taken.set(spot, index + 1);
      return [mark.id, spiral(index)];
    }),
  );
}

function spiral(index: number): Offset {
  const radius = SPREAD * Math.sqrt(index);
  const angle = index * GOLDEN_ANGLE;
  return { x: Math.round(radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) };
}

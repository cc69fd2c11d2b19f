import type { MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import address from "world-atlas/land-110m.json?url";
import type { Bounds } from "@/lib/bounds";
import { nearestCopy } from "@/lib/map-view";

type Atlas = Topology<{ land: GeometryCollection }>;

export type Ring = [latitude: number, longitude: number][];

/** A continent or an island: its outlines, and what they lie within. */
export interface Land extends Bounds {
  rings: Ring[];
}

let land: Promise<readonly Land[]> | undefined;

/** The land of the world, which comes with the page; loaded once. */
export function loadLand(): Promise<readonly Land[]> {
  land ??= fetch(address)
    .then((response) => response.json() as Promise<Atlas>)
    .then((atlas) => flattened(feature(atlas, atlas.objects.land).features.map(({ geometry }) => geometry)));
  land.catch(() => (land = undefined));
  return land;
}

function flattened(shapes: readonly unknown[]): Land[] {
  const polygons = (shapes as (Polygon | MultiPolygon)[]).flatMap((shape) =>
    shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates,
  );
  return polygons.map((rings) => landOf(rings.map(unwrapped)));
}

function landOf(outlines: Position[][]): Land {
  const rings = outlines.map((ring) => ring.map(([x = 0, y = 0]): Ring[number] => [y, x]));
  const [latitudes, longitudes] = [rings.flat().map(([y]) => y), rings.flat().map(([, x]) => x)];
  return {
    west: Math.min(...longitudes),
    south: Math.min(...latitudes),
    east: Math.max(...longitudes),
    north: Math.max(...latitudes),
    rings,
  };
}

/** Let a ring run on over the antimeridian instead of jumping back across the whole map. */
export function unwrapped(ring: Position[]): Position[] {
  const run: Position[] = [];
  for (const [x = 0, y = 0] of ring) run.push([nearestCopy(x, run.at(-1)?.[0] ?? x), y]);
  const first = run[0]?.[0] ?? 0;
  const last = run.at(-1)?.[0] ?? 0;
  const encirclesPole = Math.abs(last - first) > 180; // Antarctica: closed along the map's lower edge
  return encirclesPole ? [...run, [last, -90], [first, -90]] : run;
}

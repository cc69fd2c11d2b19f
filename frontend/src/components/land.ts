import type { MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import address from "world-atlas/land-110m.json?url";
import { nearestCopy } from "@/lib/map-view";

type Atlas = Topology<{ land: GeometryCollection }>;

let land: Promise<MultiPolygon> | undefined;

/** The outlines of the continents, which come with the page; loaded once. */
export function loadLand(): Promise<MultiPolygon> {
  land ??= fetch(address)
    .then((response) => response.json() as Promise<Atlas>)
    .then((atlas) => flattened(feature(atlas, atlas.objects.land).features.map(({ geometry }) => geometry)));
  land.catch(() => (land = undefined));
  return land;
}

function flattened(shapes: readonly unknown[]): MultiPolygon {
  const polygons = (shapes as (Polygon | MultiPolygon)[]).flatMap((shape) =>
    shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates,
  );
  return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(unwrapped)) };
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

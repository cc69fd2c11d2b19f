import * as L from "leaflet";
import { graticule } from "@/components/graticule";
import { type Land, loadLand, type Ring } from "@/components/land";
import type { Bounds } from "@/lib/bounds";

const LAND = { stroke: false, fillColor: "#f1ead9", fillOpacity: 1, interactive: false };
const LINES = { color: "#5b6b6f", opacity: 0.22, weight: 1, interactive: false };
const PANE = "land";
const WORLD_COPIES = [-360, 0, 360]; // degrees: the map repeats the world to the west and to the east

interface LandCopy {
  part: Land;
  shift: number;
}

/** What a map shows, in degrees. */
export function boundsOf(map: L.Map): Bounds {
  const bounds = map.getBounds();
  return {
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  };
}

/** The bundled base map: the land, and lines that show movement and size where there is nothing else. */
export function simpleMap(map: L.Map, attribution: string): L.LayerGroup {
  const renderer = L.canvas({ padding: 0.5, pane: paneOf(map) });
  const group = L.layerGroup([], { attribution });
  const land = L.layerGroup().addTo(group);
  const lines = L.polyline([], { ...LINES, renderer }).addTo(group);
  let undrawn: LandCopy[] = [];
  const drawLand = () => {
    const near = undrawn.filter((each) => isNear(map, each));
    undrawn = undrawn.filter((each) => !near.includes(each));
    for (const each of near) land.addLayer(L.polygon(ringsOf(each), { ...LAND, renderer }));
  };
  const redraw = () => {
    drawLand();
    lines.setLatLngs(graticule(boundsOf(map))).bringToFront();
  };
  const begin = async () => {
    undrawn = (await loadLand()).flatMap((part) => WORLD_COPIES.map((shift) => ({ part, shift })));
    if (map.hasLayer(group)) redraw();
  };
  group.once("add", () => void begin().catch(() => undefined)); // without it the lines have to do
  group.on("add", () => map.on("moveend", redraw) && redraw());
  group.on("remove", () => map.off("moveend", redraw));
  return group;
}

/** A place under everything else: tiles that do come lie over it. */
function paneOf(map: L.Map): string {
  const pane = map.getPane(PANE) ?? map.createPane(PANE);
  pane.style.zIndex = "150"; // Leaflet's tiles have 200
  return PANE;
}

const ringsOf = ({ part, shift }: LandCopy): Ring[] =>
  part.rings.map((ring) => ring.map(([y, x]): Ring[number] => [y, x + shift]));

/** Tell whether land is in view, or so near that a pull at the map will show it. */
function isNear(map: L.Map, { part: { west, south, east, north }, shift }: LandCopy): boolean {
  return map.getBounds().pad(1).intersects([[south, west + shift], [north, east + shift]]); // prettier-ignore
}

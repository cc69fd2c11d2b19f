import { type Arc, arcsOf, pathOf, pointAt } from "@/components/cluster-ring";
import { element, glyph, picture, svg } from "@/components/drawing";
import { SIGN_GLYPHS } from "@/lib/glyphs";
import { compact } from "@/lib/numbers";
import type { Cluster } from "@/lib/pins";

const SMALLEST = 44; // pixels: the smallest thing a finger should have to hit
const LARGEST = 64; // pixels, reached at 10,000
const RADIUS = 44; // of the ring, in a box of 100 x 100
const GAP = 0.012; // turns

/** The width and height of a cluster in pixels: by the order of magnitude of its count. */
export function clusterSize(count: number): number {
  const share = Math.min(1, Math.log10(Math.max(1, count)) / 4);
  return SMALLEST + 2 * Math.round((share * (LARGEST - SMALLEST)) / 2);
}

/** What a cluster looks like: the newest picture, the count, and around them a ring of what happened, with its signs. */
export function clusterElement({ count, kinds, thumbnail }: Cluster): HTMLElement {
  const arcs = arcsOf(kinds);
  const ring = svg("0 0 100 100", arcs.map(arcPath));
  ring.setAttribute("class", "cluster__ring");
  const middle = thumbnail ? [picture("cluster__picture", thumbnail, null)] : [];
  const number = element("span", "cluster__count", document.createTextNode(compact(count)));
  const looks = thumbnail ? "cluster cluster--pictured" : "cluster";
  return element("span", looks, ...middle, ring, ...arcs.map(sign), number);
}

function arcPath(arc: Arc): Record<string, string> {
  return { d: pathOf(arc, RADIUS, GAP), class: `cluster__arc cluster__arc--${arc.kind}` };
}

/** The kind's sign in the middle of its arc, so that colour is never alone. */
function sign({ kind, from, to }: Arc): HTMLElement {
  const [x, y] = pointAt((from + to) / 2, RADIUS);
  const made = element("span", `cluster__sign cluster__sign--${kind}`, glyph(SIGN_GLYPHS[kind]));
  Object.assign(made.style, { left: `${x}%`, top: `${y}%` });
  return made;
}

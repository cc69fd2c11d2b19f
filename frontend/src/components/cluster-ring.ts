import type { Kind } from "@/lib/announcements";

const AROUND: readonly Kind[] = ["lost", "sighting", "found"]; // clockwise
const LEAST = 0.1; // of the ring: so that one among thousands is still seen, with its sign

/** A kind's part of a ring, in turns clockwise from the top. */
export interface Arc {
  kind: Kind;
  from: number;
  to: number;
}

/**
 * Split a ring by kind, so that each has its side: lost the left one, found the right one, and sightings, where there
 * are both, the top between them.
 */
export function arcsOf(kinds: Partial<Record<Kind, number>>): Arc[] {
  const there = AROUND.filter((kind) => kinds[kind]);
  const total = there.reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0);
  const raised = there.map((kind) => Math.max(LEAST, (kinds[kind] ?? 0) / total));
  const whole = raised.reduce((sum, part) => sum + part, 0);
  let at = 0;
  const arcs = there.map((kind, index) => {
    const from = at;
    at += (raised[index] ?? 0) / whole;
    return { kind, from, to: at };
  });
  return turned(arcs);
}

/** Turn a ring until its anchor, the kind with a fixed side, is there. */
function turned(arcs: Arc[]): Arc[] {
  const anchor = arcs.length === 3 ? arcs[1] : (arcs.find(({ kind }) => kind !== "sighting") ?? arcs[0]);
  if (!anchor) return arcs;
  const side = arcs.length === 3 ? 1 : anchor.kind === "found" ? 0.25 : 0.75;
  const shift = side - (anchor.from + anchor.to) / 2;
  return arcs.map(({ kind, from, to }) => ({ kind, from: from + shift, to: to + shift }));
}

/** A point of a ring around the middle of a box of 100 x 100. */
export function pointAt(turns: number, radius: number): [x: number, y: number] {
  const angle = turns * 2 * Math.PI;
  return [rounded(50 + radius * Math.sin(angle)), rounded(50 - radius * Math.cos(angle))];
}

/** The path of an arc, a little shorter at both ends, so that neighbours stay apart; a whole ring has no ends. */
export function pathOf({ from, to }: Arc, radius: number, gap: number): string {
  if (to - from < 0.999) return path(from + gap, to - gap, radius);
  return path(from, from + 0.5, radius) + path(from + 0.5, from + 1, radius);
}

function path(from: number, to: number, radius: number): string {
  const large = to - from > 0.5 ? 1 : 0;
  return `M${pointAt(from, radius).join(" ")}A${radius} ${radius} 0 ${large} 1 ${pointAt(to, radius).join(" ")}`;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

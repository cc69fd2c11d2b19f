import { type Filters, isSame } from "@/features/map/filters";
import { shows, type Viewport } from "@/features/map/read-viewport";
import { type Bounds, boxOf, isTouched } from "@/lib/bounds";
import { store, stored } from "@/lib/storage";

/** An answer that is kept on the device, for when there is no network. */
export interface KeptViewport {
  viewport: Viewport;
  at: number; // when it was answered
}

const KEY = "homeward.viewports";
const MOST = 4; // viewports: where somebody looks again and again
const MOST_PINS = 200; // of each, the newest: some 60 KB

/** Keep an answer, and let go of the oldest. */
export function keepViewport(viewport: Viewport, at = Date.now()): void {
  const { question, pins, clusters } = viewport;
  const shortened = { ...viewport, pins: pins.slice(0, MOST_PINS), clusters: clusters.slice(0, MOST_PINS) };
  const others = keptViewports().filter(
    ({ viewport: { question: other } }) =>
      other.bbox !== question.bbox || !isSame(other.filters, question.filters),
  );
  const kept = [{ viewport: shortened, at }, ...others].slice(0, MOST);
  while (kept.length && !store(KEY, JSON.stringify(kept))) kept.pop(); // a full device keeps what it can
}

/** The newest kept answer that shows a view, or else a part of it. */
export function keptViewport({ bounds, zoom }: View, filters: Filters): KeptViewport | undefined {
  const kept = keptViewports().filter(({ viewport }) => isSame(viewport.question.filters, filters));
  return (
    kept.find(({ viewport }) => shows(viewport, bounds, zoom, filters)) ??
    kept.find(({ viewport }) => isTouched(bounds, boxOf(viewport.question.bbox)))
  );
}

interface View {
  bounds: Bounds;
  zoom: number;
}

function keptViewports(): KeptViewport[] {
  try {
    const kept: unknown = JSON.parse(stored(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return []; // an older version of the page may have kept something else
  }
}

function isKept(value: unknown): value is KeptViewport {
  const { viewport, at } = (value ?? {}) as Partial<KeptViewport>;
  const isWhole = Array.isArray(viewport?.pins) && Array.isArray(viewport.clusters);
  return isWhole && typeof at === "number" && typeof viewport.question?.bbox === "string";
}

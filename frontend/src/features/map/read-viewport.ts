import { type Filters, isSame, questionOf } from "@/features/map/filters";
import { levelOf } from "@/features/map/rounding";
import { api } from "@/lib/api";
import { type Bounds, boxOf, covers } from "@/lib/bounds";
import { type Cluster, isCluster, markOf, type Pin } from "@/lib/pins";

const STREETS = 16; // the zoom from which the API makes no clusters
const MOST_PINS = 120; // more of them lie over each other: they are clustered instead
const MOST_PINS_OF_STREETS = 500; // more neither help nor move smoothly on a phone
const SECOND = 1_000; // milliseconds

/** What the map asks for: whole tiles of a zoom, and the filters. */
export interface Question {
  bbox: string;
  zoom: number;
  filters: Filters;
}

export interface Viewport {
  question: Question;
  pins: readonly Pin[];
  clusters: readonly Cluster[];
  hasMore: boolean;
  /** How many seconds the counts of clusters may be behind; null without any. */
  delay: number | null;
}

/** Ask once for what a view shows: all of it, unless the answer says that there is more. */
export async function readViewport(question: Question, signal?: AbortSignal): Promise<Viewport> {
  const { bbox, zoom, filters } = question;
  const answer = await api.announcements(
    { bbox, zoom, ...questionOf(filters), limit: mostPins(zoom) },
    signal,
  );
  const marks = answer.features.map(markOf).filter((mark) => mark !== null);
  return {
    question,
    pins: marks.filter((mark) => !isCluster(mark)) as Pin[],
    clusters: marks.filter(isCluster),
    hasMore: answer.links.some(({ rel }) => rel === "next"),
    delay: answer.counted?.delay_seconds ?? null,
  };
}

const mostPins = (zoom: number): number => (zoom < STREETS ? MOST_PINS : MOST_PINS_OF_STREETS);

/** Tell whether an answer also shows all of another view, so that nothing needs to be asked. */
export function shows(answer: Viewport, view: Bounds, zoom: number, filters: Filters): boolean {
  const { question, clusters, hasMore } = answer;
  const isComplete = !clusters.length && !hasMore;
  // Single announcements are the same at every zoom of a level; clusters are made for one.
  const isSameZoom = isComplete ? levelOf(zoom) === levelOf(question.zoom) : zoom === question.zoom;
  const isSameQuestion = isSameZoom && isSame(filters, question.filters);
  return isSameQuestion && !hasMore && covers(boxOf(question.bbox), view);
}

/** For how many milliseconds an answer is fresh: as long as the API lets it be kept. */
export function freshFor(answer: Viewport | undefined): number {
  if (!answer) return 0;
  if (!answer.clusters.length) return 15 * SECOND;
  return (answer.question.zoom >= 7 ? 60 : 300) * SECOND;
}

/** How soon other people's reports appear, in milliseconds. */
export const refreshAfter = (answer: Viewport | undefined): number =>
  (answer?.clusters.length ? 60 : 15) * SECOND;

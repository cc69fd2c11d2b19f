import type { FeatureCollection } from "@/lib/announcements";
import { api, type ViewportQuery } from "@/lib/api";
import { type Cluster, isCluster, markOf, type Pin } from "@/lib/pins";

const MAX_FEATURES = 1_000; // more pins than this neither help nor move smoothly on a phone
const PAGE = 500;
const MAX_PAGES = 20; // pages may be empty and still have a next one

export interface Viewport {
  pins: readonly Pin[];
  clusters: readonly Cluster[];
  hasMore: boolean;
}

/** Ask for what a view shows, following the pages up to the most that the map can hold. */
export async function readViewport(question: ViewportQuery, signal?: AbortSignal): Promise<Viewport> {
  const features: FeatureCollection["features"] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && features.length < MAX_FEATURES; page++) {
    const limit = Math.min(PAGE, MAX_FEATURES - features.length);
    const answer = await api.announcements({ ...question, limit, cursor }, signal);
    features.push(...answer.features);
    cursor = cursorOfNext(answer);
    if (!cursor) break;
  }
  const marks = features.map(markOf).filter((mark) => mark !== null);
  return {
    pins: marks.filter((mark) => !isCluster(mark)) as Pin[],
    clusters: marks.filter(isCluster),
    hasMore: cursor !== undefined,
  };
}

function cursorOfNext({ links }: FeatureCollection): string | undefined {
  const next = links.find(({ rel }) => rel === "next");
  return next && (new URL(next.href, window.location.origin).searchParams.get("cursor") ?? undefined);
}

import { type Filters, questionOf } from "@/features/map/filters";
import { api } from "@/lib/api";
import { isCluster, markOf, type Pin } from "@/lib/pins";

const PAGE = 30; // lines: more than one reads at once

/** Some announcements, newest first, and where the older ones go on. */
export interface NewestPage {
  pins: readonly Pin[];
  next: string | null;
}

/** Ask for announcements themselves: without a zoom nothing is counted together. */
export async function readNewest(
  bbox: string,
  filters: Filters,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<NewestPage> {
  const from = cursor ? { cursor } : {};
  const answer = await api.announcements({ bbox, ...questionOf(filters), limit: PAGE, ...from }, signal);
  const next = answer.links.find(({ rel }) => rel === "next");
  return {
    pins: answer.features.map(markOf).filter((mark) => mark !== null && !isCluster(mark)) as Pin[],
    next: next ? new URL(next.href).searchParams.get("cursor") : null,
  };
}

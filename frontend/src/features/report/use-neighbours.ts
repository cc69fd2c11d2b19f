import { useQuery } from "@tanstack/react-query";
import type { Kind, Species } from "@/lib/announcements";
import { api } from "@/lib/api";
import type { Draft } from "@/lib/draft";
import { type Nearby, nearbyIn } from "@/lib/nearby";
import { publicPlaceOf } from "@/lib/public-place";
import { KEYS } from "@/lib/query-client";

/** How far pets are mostly found from where they were lost, in metres. */
const RADIUS: Partial<Record<Species, number>> = { cat: 2_000, dog: 10_000 };
const USUAL_RADIUS = 5_000;
const WINDOW = 60 * 24 * 3_600_000; // milliseconds before it happened
const LOOKED_AT = 20;
const SHOWN = 6;

/** What was reported of the same kind of animal near a place; asked by the public place, as everything is.
 *
 * Whoever lost a pet looks for those that were found, and the other way round.
 */
export function useNeighbours(kind: Kind, draft: Draft, without: string | null): Nearby[] {
  const { place, species, blur } = draft;
  const around = place && publicPlaceOf(place, blur);
  const near = around && `${around.latitude.toFixed(5)},${around.longitude.toFixed(5)}`;
  const { data } = useQuery({
    queryKey: [...KEYS.viewports, "near", near, species],
    queryFn: ({ signal }) => api.near(queryOf(near ?? "", species || "other"), signal),
    enabled: Boolean(near && species),
    select: nearbyIn,
    staleTime: 60_000,
  });
  const others = data?.filter(({ id, status }) => id !== without && status === "active") ?? [];
  const isSought = (neighbour: Nearby) => (neighbour.kind === "lost") !== (kind === "lost");
  return [...others.filter(isSought), ...others.filter((one) => !isSought(one))].slice(0, SHOWN);
}

function queryOf(near: string, species: Species) {
  const since = new Date(Date.now() - WINDOW).toISOString().slice(0, 10); // whole days can be cached
  const radius = RADIUS[species] ?? USUAL_RADIUS;
  return { near, radius, species, datetime: `${since}/..`, limit: LOOKED_AT };
}

import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { type Filters, isWanted } from "@/features/map/filters";
import { keepViewport, keptViewport } from "@/features/map/kept-viewports";
import {
  freshFor,
  type Question,
  readViewport,
  refreshAfter,
  shows,
  type Viewport,
} from "@/features/map/read-viewport";
import { wholeTiles } from "@/features/map/rounding";
import { type Bounds, boxOf, isInside, isSeen, isTouched } from "@/lib/bounds";
import { ownChanges, withOwnChanges } from "@/lib/own-changes";
import type { Cluster, Pin } from "@/lib/pins";
import { waitOf } from "@/lib/problem";
import { KEYS } from "@/lib/query-client";
import { useStore } from "@/lib/store";

/** The part of the map that is to be seen. */
export interface Shown {
  bounds: Bounds;
  zoom: number;
}

/**
 * What the map and the list show, kept up to date, with this person's own writes laid over it; what lies where the map is
 * about to be is asked for before it is there.
 */
export function useViewport(shown: Shown | null, filters: Filters, aim: Shown | null = null) {
  // The last answer stays, whatever happens to the next one; a question that it answers as well is not asked.
  const [last, setLast] = useState<Viewport>();
  const question = shown && questionFor(aim ?? shown, filters, last);
  const query = useQuery({
    queryKey: [...KEYS.viewports, question],
    queryFn: question ? ({ signal }) => readViewport(question, signal) : skipToken,
    staleTime: ({ state }) => freshFor(state.data),
    refetchInterval: ({ state }) => waitOf(state.error) ?? refreshAfter(state.data),
    retryDelay: (failures, error) => waitOf(error) ?? 1_000 * 2 ** failures,
  });
  const isAnswered = query.data !== undefined;
  if (query.data && query.data !== last) setLast(query.data);
  const error = useTrouble(query.error ?? query.failureReason, isAnswered);
  const kept = useKept(query.data, shown, filters, error !== null);
  const answer = query.data ?? kept?.viewport ?? last;
  const pins = usePins(answer?.pins, question?.bbox, filters);
  const clusters = answer?.clusters ?? NONE;
  const marks = useMemo(() => [...pins, ...clusters], [pins, clusters]);
  const keptAt = kept && answer === kept.viewport ? kept.at : null;
  const seen = useSeen(pins, clusters, shown);
  const { refetch } = query;
  return useMemo(
    () => ({ answer, isAnswered, error, keptAt, refetch, marks, ...seen }),
    [answer, isAnswered, error, keptAt, refetch, marks, seen],
  );
}

/** Why there is no answer: told from the first failure on, and until there is one, however often it is tried. */
function useTrouble(error: Error | null, isAnswered: boolean): Error | null {
  const [trouble, setTrouble] = useState<Error | null>(null);
  const now = error ?? (isAnswered ? null : trouble);
  if (now !== trouble) setTrouble(now);
  return now;
}

const KEEPING = 500; // milliseconds after an answer: first it is drawn

/** Keep what is answered on the device, and take from there what cannot be asked. */
function useKept(data: Viewport | undefined, shown: Shown | null, filters: Filters, hasFailed: boolean) {
  useEffect(() => {
    if (!data) return;
    const keeping = setTimeout(() => keepViewport(data), KEEPING);
    return () => clearTimeout(keeping);
  }, [data]);
  const isNeeded = hasFailed && !data;
  return useMemo(
    () => (isNeeded && shown ? keptViewport(shown, filters) : undefined),
    [isNeeded, shown, filters],
  );
}

const NONE: readonly never[] = [];

function questionFor({ bounds, zoom }: Shown, filters: Filters, last: Viewport | undefined): Question {
  if (last && shows(last, bounds, zoom, filters)) return last.question;
  return { bbox: wholeTiles(bounds, zoom), zoom, filters };
}

function usePins(
  answered: readonly Pin[] = NONE,
  bbox: string | undefined,
  filters: Filters,
): readonly Pin[] {
  const own = useStore(ownChanges);
  return useMemo(() => {
    if (bbox === undefined) return NONE;
    const box = boxOf(bbox);
    return withOwnChanges(answered, own, (pin) => isInside(box, pin) && isWanted(pin, filters));
  }, [answered, own, bbox, filters]);
}

/** Of what is answered for whole tiles, that which is to be seen; the largest clusters first. */
function useSeen(pins: readonly Pin[], clusters: readonly Cluster[], shown: Shown | null) {
  return useMemo(() => {
    if (!shown) return { pins: NONE, clusters: NONE };
    return {
      pins: pins.filter((pin) => isSeen(shown.bounds, pin)),
      clusters: clusters
        .filter(({ bounds }) => isTouched(shown.bounds, bounds))
        .sort((one, other) => other.count - one.count),
    };
  }, [pins, clusters, shown]);
}

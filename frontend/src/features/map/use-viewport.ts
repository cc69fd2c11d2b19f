import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type Filters, isWanted, questionOf } from "@/features/map/filters";
import { readViewport } from "@/features/map/read-viewport";
import { isInside } from "@/lib/bounds";
import { ownChanges, withOwnChanges } from "@/lib/own-changes";
import { KEYS } from "@/lib/query-client";
import { useStore } from "@/lib/store";

const REFRESH = 15_000; // milliseconds: how soon other people's reports appear

/** What the map shows for a rectangle, kept up to date, with this person's own writes laid over it. */
export function useViewport(bbox: string | null, zoom: number, filters: Filters) {
  const own = useStore(ownChanges);
  const query = useQuery({
    queryKey: [...KEYS.viewports, bbox, zoom, filters],
    queryFn: ({ signal }) => readViewport({ bbox: bbox ?? "", zoom, ...questionOf(filters) }, signal),
    enabled: bbox !== null,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH,
  });
  const data = useLast(query.data);
  const pins = useMemo(
    () =>
      data && bbox !== null
        ? withOwnChanges(data.pins, own, (pin) => isInside(bbox, pin) && isWanted(pin, filters))
        : [],
    [data, own, bbox, filters],
  );
  const marks = useMemo(() => [...pins, ...(data?.clusters ?? [])], [pins, data?.clusters]);
  return { ...query, data, pins, marks, clusters: data?.clusters ?? [], hasMore: data?.hasMore ?? false };
}

/** The last value there was: an answer that fails to come takes nothing off the map. */
function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

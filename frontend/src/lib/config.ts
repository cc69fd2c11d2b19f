import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Config } from "@/lib/announcements";
import { api } from "@/lib/api";
import type { MapView } from "@/lib/map-view";
import { KEYS } from "@/lib/query-client";

export type Tiles = NonNullable<Config["tiles"]>;

/** What this installation offers; undefined until it is known, and while it cannot be asked. */
export function useConfig(): Config | undefined {
  return useQuery({ queryKey: KEYS.config, queryFn: api.config, staleTime: Infinity }).data;
}

/** The base map: undefined while it is not known yet, null for the bundled simple map. */
export function useTiles(): Tiles | null | undefined {
  const { data, isPending } = useQuery({ queryKey: KEYS.config, queryFn: api.config, staleTime: Infinity });
  return isPending ? undefined : (data?.tiles ?? null);
}

const VIEWER_ZOOM = 10; // the CDN tells about ten kilometres

/** The surroundings of the visitor, as roughly as the CDN knows them: undefined while it is not known whether it does. */
export function useViewerView(): MapView | null | undefined {
  const { data, isPending } = useQuery({ queryKey: KEYS.config, queryFn: api.config, staleTime: Infinity });
  const viewer = data?.viewer;
  return useMemo(
    () => (isPending ? undefined : viewer ? { ...viewer, zoom: VIEWER_ZOOM } : null),
    [isPending, viewer],
  );
}

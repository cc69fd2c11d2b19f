import { useState } from "react";
import { useSearchParams } from "react-router";
import { useConfig } from "@/lib/config";
import { type LatLon, type MapView, parseView, rememberedView } from "@/lib/map-view";

const TOWN_ZOOM = 11;
const WIDE = 3; // a view as wide as this was never chosen by anybody who looks for a pet

/** Where the map of the place begins: the view one came from, else the last one, else near the visitor. */
export function useStart(): { view: MapView; key: string } {
  const [search] = useSearchParams();
  const [last] = useState(() => parseView(search.get("at")) ?? rememberedView());
  const config = useConfig() as { viewer?: LatLon | null } | undefined;
  const viewer = last.zoom <= WIDE ? config?.viewer : null;
  if (!viewer) return { view: last, key: "last" };
  return { view: { ...viewer, zoom: TOWN_ZOOM }, key: "near" };
}

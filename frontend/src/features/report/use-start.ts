import { useState } from "react";
import { useSearchParams } from "react-router";
import { useViewerView } from "@/lib/config";
import { lastView, type MapView, parseView, WORLD } from "@/lib/map-view";

/** Where the map of the place begins: the view one came from, else the last one, else near the visitor. */
export function useStart(): { view: MapView; key: string } {
  const [search] = useSearchParams();
  const [last] = useState(() => parseView(search.get("at")) ?? lastView());
  const viewer = useViewerView();
  return { view: last ?? viewer ?? WORLD, key: last ? "last" : viewer ? "near" : "world" };
}

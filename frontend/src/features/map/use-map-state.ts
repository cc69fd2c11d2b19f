import { useCallback, useMemo, useState } from "react";
import { useLocation, useSearchParams } from "react-router";
import { type Filters, readFilters, writeFilters } from "@/features/map/filters";
import { type Bounds, toBbox } from "@/lib/bounds";
import {
  formatView,
  type LatLon,
  type MapView,
  parseView,
  rememberedView,
  rememberView,
} from "@/lib/map-view";

/** Where the map is and what it shows, kept in the address, and the last view on the device. */
export function useMapState() {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const [target, goTo] = useState<MapView>(() => parseView(search.get("at")) ?? rememberedView());
  const [shown, setShown] = useState<{ bbox: string; zoom: number } | null>(null);
  const query = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);

  const setFilters = (changes: Partial<Filters>) =>
    setSearch((before) => writeFilters(before, { ...filters, ...changes }), { replace: true });

  const measure = useCallback((view: MapView, bounds: Bounds) => {
    setShown({ bbox: toBbox(bounds, view.zoom), zoom: view.zoom });
  }, []);

  const moved = (view: MapView, bounds: Bounds) => {
    measure(view, bounds);
    rememberView(view);
    if (window.location.pathname !== pathname) return; // on the way to another page
    setSearch((before) => withView(before, view), { replace: true });
  };
  return { filters, setFilters, target, goTo, shown, measure, moved };
}

function withView(search: URLSearchParams, view: MapView): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.set("at", formatView(view));
  return changed;
}

/** The view that shows a rectangle, as far as whole zooms allow. */
export function viewOf(
  [west, south, east, north]: readonly [number, number, number, number],
  zoom: number,
): MapView {
  const middle: LatLon = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const fitting = Math.floor(Math.log2(360 / Math.max(east - west, north - south, 0.001)));
  return { ...middle, zoom: Math.min(18, Math.max(fitting, zoom + 1)) };
}

import { useCallback, useMemo, useRef, useState } from "react";
import { useLocation, useSearchParams } from "react-router";
import { type Filters, readFilters, writeFilters } from "@/features/map/filters";
import type { Shown } from "@/features/map/use-viewport";
import { type Bounds, viewAround } from "@/lib/bounds";
import { useViewerView } from "@/lib/config";
import {
  formatView,
  isSameView,
  lastView,
  type MapView,
  MAX_ZOOM,
  parseView,
  rememberView,
  WORLD,
} from "@/lib/map-view";
import type { Cluster } from "@/lib/pins";

const CLOSEST_ZOOM = 17; // near enough to tell every announcement of one street apart

/** Where the map is and what it shows, kept in the address, and the last view on the device. */
export function useMapState() {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const [start] = useState(() => parseView(search.get("at")) ?? lastView());
  const [chosen, goTo] = useState(start);
  const viewer = useViewerView();
  const target = chosen ?? viewer ?? WORLD;
  // Nothing is asked about the world while it may turn out that the visitor is somewhere in it.
  const isSettled = chosen !== null || viewer !== undefined;
  const [shown, setShown] = useState<Shown | null>(null);
  const [view, setView] = useState(start);
  const { aim, setAim, aimed } = useAim();
  const query = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);

  const setFilters = (changes: Partial<Filters>) =>
    setSearch((before) => writeFilters(before, { ...filters, ...changes }), { replace: true });

  const measure = useCallback(
    (view: MapView, bounds: Bounds) => {
      setShown({ bounds, zoom: view.zoom });
      setAim(null);
      setView(view);
    },
    [setAim],
  );

  const moved = (view: MapView, bounds: Bounds) => {
    const isAtStart = chosen === null && isSameView(view, target);
    if (isSettled || !isAtStart) measure(view, bounds);
    if (isAtStart) return; // nobody chose it, so nobody's next visit has to begin there
    if (chosen === null) goTo(target); // from now on the person leads
    const kept = isSameView(view, target) ? target : view; // a map that changes its size moves by a pixel
    rememberView(kept);
    if (window.location.pathname !== pathname) return; // on the way to another page
    setSearch((before) => withView(before, kept), { replace: true });
  };
  return { filters, setFilters, target, isSettled, goTo, shown, view, measure, moved, aim, aimed };
}

const BETWEEN_AIMS = 250; // milliseconds: a quick hand passes more than it wants to see

/** Where a moving map is about to be: enough to ask for what is there, before it has come to rest. */
function useAim() {
  const [aim, setAim] = useState<Shown | null>(null);
  const last = useRef(-Infinity);
  const aimed = useCallback(({ zoom }: MapView, bounds: Bounds) => {
    const now = performance.now();
    if (now - last.current < BETWEEN_AIMS) return;
    last.current = now;
    setAim({ bounds, zoom });
  }, []);
  return { aim, setAim, aimed };
}

function withView(search: URLSearchParams, view: MapView): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.set("at", formatView(view));
  return changed;
}

/** The view into a cluster on a map of this size in pixels: all of its bounds, but always closer than now. */
export function viewInto(cluster: Cluster, zoom: number, width: number, height: number): MapView {
  const whole = viewAround(cluster.bounds, width, height);
  if (whole.zoom > zoom) return { ...whole, zoom: Math.max(zoom + 1, Math.min(CLOSEST_ZOOM, whole.zoom)) };
  const { latitude, longitude } = cluster;
  return { latitude, longitude, zoom: Math.min(MAX_ZOOM, zoom + 1) };
}

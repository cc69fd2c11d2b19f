import "leaflet/dist/leaflet.css";
import "@/components/pet-map.css";
import * as L from "leaflet";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useBase } from "@/components/base-map";
import { useMarks } from "@/components/pet-marks";
import { useAround, usePlace } from "@/components/pet-place";
import { boundsOf } from "@/components/simple-map";
import { useHighlight } from "@/components/use-highlight";
import { type Bounds, boundsAround } from "@/lib/bounds";
import type { Tiles } from "@/lib/config";
import {
  foldLongitude,
  formatView,
  type LatLon,
  LEAST_ZOOM,
  type MapView,
  MAX_ZOOM,
  nearestCopy,
} from "@/lib/map-view";
import type { Cluster, Pin } from "@/lib/pins";
import type { PublicPlace } from "@/lib/public-place";

export interface PetMapProps {
  label: string;
  /** Where to go; a new object moves the map, and from then on people move it as they like. */
  view: MapView;
  /** Undefined: not known yet; null: none, so the bundled simple map is drawn. */
  tiles: Tiles | null | undefined;
  marks?: readonly (Pin | Cluster)[];
  highlighted?: string | null;
  place?: LatLon | null;
  /** What others learn of the place, drawn as a circle. */
  around?: PublicPlace | null;
  onMove?: (view: MapView, bounds: Bounds) => void;
  /** Where the map is while it moves, and where it will be when the zooming that begins has ended. */
  onAim?: (view: MapView, bounds: Bounds) => void;
  onPick?: (place: LatLon) => void;
  onChoose?: (mark: Pin | Cluster) => void;
  onHover?: (id: string | null) => void;
}

/** The map of announcements; only this file and its parts know which library draws it. */
export default function PetMap(props: PetMapProps) {
  const element = useRef<HTMLDivElement>(null);
  const map = useMap(element, props);
  useBase(map, props.tiles);
  useMarks(map, props);
  useHighlight(map?.getContainer(), props.highlighted, props.marks);
  usePlace(map, props.place);
  useAround(map, props.around);
  return <div ref={element} className="pet-map" role="region" aria-label={props.label} />;
}

const centreOf = (view: LatLon): L.LatLngTuple => [view.latitude, view.longitude];
const nearestTo = (map: L.Map, { latitude, longitude }: LatLon): L.LatLngTuple => [
  latitude,
  nearestCopy(longitude, map.getCenter().lng),
];
const placeOf = ({ lat, lng }: L.LatLng): LatLon => ({ latitude: lat, longitude: foldLongitude(lng) });
const viewOf = (map: L.Map): MapView => ({ ...placeOf(map.getCenter()), zoom: map.getZoom() });

/** A page that is being left is hidden first; its map must not take that for a change of size. */
const isShown = (map: L.Map): boolean => map.getContainer().offsetWidth > 0;

function useMap(
  element: React.RefObject<HTMLDivElement | null>,
  { view, onMove, onAim, onPick }: PetMapProps,
) {
  const [map, setMap] = useState<L.Map | null>(null);
  const moved = useEffectEvent((made: L.Map) => {
    onMove?.(viewOf(made), boundsOf(made));
  });
  const aimed = useEffectEvent((made: L.Map, { center, zoom, noUpdate }: L.ZoomAnimEvent) => {
    if (noUpdate) return; // fingers on the map have not made up their mind
    const { x, y } = made.getSize();
    const aim = { latitude: center.lat, longitude: center.lng, zoom };
    onAim?.({ ...aim, ...placeOf(center) }, boundsAround(aim, x, y));
  });
  const passed = useEffectEvent((made: L.Map) => {
    if (Number.isInteger(made.getZoom())) onAim?.(viewOf(made), boundsOf(made));
  });
  const picked = useEffectEvent((at: L.LatLng) => onPick?.(placeOf(at)));
  const create = useEffectEvent((container: HTMLElement) => createMap(container, view));

  useEffect(() => {
    if (!element.current) return;
    const made = create(element.current);
    made.on("moveend", () => moved(made));
    made.on("zoomanim", (event) => aimed(made, event));
    made.on("move", () => passed(made));
    made.on("click", ({ latlng }) => picked(latlng));
    const resized = new ResizeObserver(() => isShown(made) && made.invalidateSize({ animate: false }));
    resized.observe(element.current);
    setMap(made); // eslint-disable-line react-hooks/set-state-in-effect -- the map needs its element first
    moved(made);
    return () => {
      resized.disconnect();
      made.remove();
      setMap(null);
    };
  }, [element]);

  useEffect(() => {
    const shown = map && viewOf(map);
    if (shown && formatView(shown) !== formatView(view)) map.setView(nearestTo(map, view), view.zoom);
  }, [map, view]);
  return map;
}

function createMap(container: HTMLElement, view: MapView): L.Map {
  const bounds = L.latLngBounds([-85.06, -Infinity], [85.06, Infinity]);
  const map = L.map(container, {
    maxZoom: MAX_ZOOM,
    minZoom: LEAST_ZOOM,
    maxBounds: bounds,
    maxBoundsViscosity: 1,
    attributionControl: false, // the base adds it
  });
  return map.setView(centreOf(view), view.zoom);
}

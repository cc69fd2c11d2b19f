import * as L from "leaflet";
import { useEffect, useEffectEvent, useRef } from "react";
import { clusterSize } from "@/components/cluster-element";
import { fanOut, type Offset } from "@/components/fan-out";
import { inSlices } from "@/components/in-slices";
import { describeMark, markElement } from "@/components/pin-element";
import { nearestCopy } from "@/lib/map-view";
import { type Cluster, isCluster, type Pin } from "@/lib/pins";

type Mark = Pin | Cluster;

interface MarksProps {
  marks?: readonly Mark[];
  onChoose?: (mark: Mark) => void;
  onHover?: (id: string | null) => void;
}

interface Drawn {
  mark: Mark;
  marker: L.Marker;
  signature: string;
}

const NONE: readonly Mark[] = [];
const PIN_SIZE: L.PointTuple = [48, 56];
const TOP = 10_000; // in the order of drawing, where a pixel further south counts as 1
const ABOVE_CLUSTERS = 4_000; // a single announcement may lie under the rim of a cluster

/** One DOM element a mark, kept and changed in place while its mark stays, so that nothing flickers. */
export function useMarks(map: L.Map | null, { marks = NONE, onChoose, onHover }: MarksProps): void {
  const drawn = useRef(new Map<string, Drawn>());
  const chosen = useEffectEvent((mark: Mark) => onChoose?.(mark));
  const hovered = useEffectEvent((id: string | null) => onHover?.(id));

  useEffect(() => {
    const known = drawn.current;
    if (!map) return known.clear();
    const wanted = new Set(marks.map((mark) => mark.id));
    for (const [id, { marker }] of known) if (!wanted.has(id) && known.delete(id)) marker.remove();
    const offsets = fanOut(marks);
    return inSlices(marks, (mark) => {
      const offset = offsets.get(mark.id) ?? { x: 0, y: 0 };
      const signature = JSON.stringify([mark, offset]);
      const before = known.get(mark.id);
      if (before?.signature === signature) return;
      const marker = before ? redraw(before.marker, mark, offset) : draw(map, mark, offset);
      describeMark(marker.getElement(), mark);
      known.set(mark.id, { mark, marker, signature });
      if (before) return;
      const choose = () => chosen(known.get(mark.id)?.mark ?? mark);
      marker.on("click", choose);
      marker.on("mouseover", () => hovered(mark.id)).on("mouseout", () => hovered(null));
      if (isCluster(mark)) marker.getElement()?.addEventListener("keydown", onEnter(choose));
    });
  }, [map, marks]);

  useEffect(() => {
    const known = drawn.current;
    const follow = () => {
      for (const { mark, marker } of known.values()) if (map) marker.setLatLng(placeNear(map, mark));
    };
    map?.on("moveend", follow);
    return () => void map?.off("moveend", follow);
  }, [map]);
}

function draw(map: L.Map, mark: Mark, offset: Offset): L.Marker {
  const options = { keyboard: false, riseOnHover: true, riseOffset: TOP, zIndexOffset: heightOf(mark) };
  return L.marker(placeNear(map, mark), { ...options, icon: iconOf(mark, offset) }).addTo(map);
}

/** Larger clusters lie over smaller ones, and single announcements over all of them. */
const heightOf = (mark: Mark): number =>
  isCluster(mark) ? (clusterSize(mark.count) - clusterSize(1)) * 100 : ABOVE_CLUSTERS;

/** Change what a mark shows; a picture that stays is taken over as it is, since a new one would blink. */
function redraw(marker: L.Marker, mark: Mark, offset: Offset): L.Marker {
  const icon = iconOf(mark, offset);
  const content = icon.options.html as HTMLElement;
  const [before, after] = [marker.getElement()?.querySelector("img"), content.querySelector("img")];
  if (before && after && before.src === after.src && before.className === after.className)
    after.replaceWith(before);
  marker.setZIndexOffset(heightOf(mark));
  return marker.setLatLng([mark.latitude, nearestCopy(mark.longitude, marker.getLatLng().lng)]).setIcon(icon);
}

/** The copy of a mark's place that is nearest to what the map shows: the map repeats the world. */
const placeNear = (map: L.Map, { latitude, longitude }: Mark): L.LatLng =>
  L.latLng(latitude, nearestCopy(longitude, map.getCenter().lng));

function iconOf(mark: Mark, { x, y }: Offset): L.DivIcon {
  const size = isCluster(mark) ? clusterSize(mark.count) : null;
  const [width, height] = size ? [size, size] : PIN_SIZE;
  const iconAnchor: L.PointTuple = [width / 2 - x, (size ? height / 2 : height) - y];
  return L.divIcon({ html: markElement(mark), className: "mark", iconSize: [width, height], iconAnchor });
}

function onEnter(choose: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
}

import * as L from "leaflet";
import { useEffect } from "react";
import { MAP_WORDS } from "@/components/map-words";
import { simpleMap } from "@/components/simple-map";
import type { Tiles } from "@/lib/config";
import { MAX_ZOOM } from "@/lib/map-view";

const LEAFLET = '<a href="https://leafletjs.com" rel="noopener">Leaflet</a>';
const PATIENCE = 5_000; // milliseconds for the tiles of a view, before there is something else to look at

/** The base map: tiles when there are some, the bundled land otherwise, and under tiles that fail or take long. */
export function useBase(map: L.Map | null, tiles: Tiles | null | undefined) {
  useEffect(() => {
    if (!map || tiles === undefined) return;
    const removeBase = tiles ? drawTiles(map, tiles) : drawSimple(map);
    const removeNotes = addNotes(map);
    return () => {
      removeBase();
      removeNotes();
    };
  }, [map, tiles]);
}

function drawSimple(map: L.Map): () => void {
  const simple = simpleMap(map, MAP_WORDS.map.simple).addTo(map);
  return () => void simple.remove();
}

/** Whose map it is and how large: told once the base is known, or the words would jump when they grow. */
function addNotes(map: L.Map): () => void {
  const source = L.control.attribution({ prefix: LEAFLET }).addTo(map);
  const scale = L.control.scale({ position: "bottomright", imperial: false }).addTo(map);
  return () => {
    source.remove();
    scale.remove();
  };
}

/** Draw tiles; the land stays away from under them as long as every tile of a view comes. */
function drawTiles(map: L.Map, { url, attribution }: Tiles): () => void {
  const layer = L.tileLayer(url, { attribution, maxZoom: MAX_ZOOM, className: "pet-map__tiles" });
  const fallback = simpleMap(map, MAP_WORDS.map.noTiles);
  const fall = () => void fallback.addTo(map);
  let patience = 0;
  let hasFailed = false;
  const begin = () => void (hasFailed = false);
  map.on("zoomstart", begin); // tiles of a zoom that is left count no longer, nor does Leaflet tell of a new beginning
  layer.on("loading", () => {
    begin();
    clearTimeout(patience);
    patience = window.setTimeout(fall, PATIENCE);
  });
  layer.on("tileerror", () => {
    hasFailed = true;
    fall();
  });
  layer.on("load", () => {
    clearTimeout(patience);
    if (!hasFailed) fallback.remove();
  });
  layer.addTo(map);
  return () => {
    clearTimeout(patience);
    map.off("zoomstart", begin);
    layer.remove();
    fallback.remove();
  };
}

import * as L from "leaflet";
import { useEffect } from "react";
import type { LatLon } from "@/lib/map-view";
import type { PublicPlace } from "@/lib/public-place";

/** The one chosen place of a form or of an announcement's page. */
export function usePlace(map: L.Map | null, place: LatLon | null | undefined) {
  const latitude = place?.latitude;
  const longitude = place?.longitude;
  useEffect(() => {
    if (!map || latitude === undefined || longitude === undefined) return;
    const html = '<span class="chosen-place"></span>';
    const icon = L.divIcon({ html, className: "mark", iconSize: [32, 40], iconAnchor: [16, 40] });
    const marker = L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }).addTo(map);
    return () => void marker.remove();
  }, [map, latitude, longitude]);
}

/** A circle, in metres. */
export function useAround(map: L.Map | null, around: PublicPlace | null | undefined) {
  useEffect(() => {
    if (!map || !around) return;
    const { latitude, longitude, radius } = around;
    const circle = L.circle([latitude, longitude], { radius, className: "around", interactive: false }).addTo(
      map,
    );
    return () => void circle.remove();
  }, [map, around]);
}

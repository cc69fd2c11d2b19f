import "@/components/place-search.css";
import { lazy, Suspense } from "react";
import { MapBoundary } from "@/components/MapBoundary";
import type { FoundPlace } from "@/lib/gazetteer";

const PlaceSearch = lazy(() => import("@/components/PlaceSearch"));

/** The place of the search in the page, which keeps its size while the search's own code is on its way. */
export function PlaceSearchFrame(props: { onFound: (place: FoundPlace) => void }) {
  return (
    <MapBoundary otherwise={null}>
      <Suspense fallback={<span className="place-search place-search--coming" />}>
        <PlaceSearch {...props} />
      </Suspense>
    </MapBoundary>
  );
}

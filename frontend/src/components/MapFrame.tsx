import { lazy, Suspense, useRef } from "react";
import { MapBoundary } from "@/components/MapBoundary";
import type { PetMapProps } from "@/components/PetMap";
import { MAP_WORDS } from "@/components/map-words";
import { useTiles } from "@/lib/config";

const loadPetMap = () => import("@/components/PetMap");
const PetMap = lazy(loadPetMap);

interface MapFrameProps extends Omit<PetMapProps, "tiles"> {
  className?: string;
  frame?: React.Ref<HTMLDivElement>;
}

/** The place of a map in the page, which keeps its size while the map's own code is on its way. */
export function MapFrame({ className = "", frame, ...map }: MapFrameProps) {
  const own = useRef<HTMLDivElement>(null);
  const tiles = useTiles();
  return (
    <div className={`map-frame ${className}`} ref={frame ?? own}>
      <MapBoundary>
        <Suspense fallback={<p className="map-frame__note">{MAP_WORDS.map.drawing}</p>}>
          <PetMap {...map} tiles={tiles} />
        </Suspense>
      </MapBoundary>
    </div>
  );
}

/** Start loading the map's code before it is asked for. */
export const preloadMap = (): void => void loadPetMap().catch(() => undefined);

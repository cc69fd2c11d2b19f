import "@/features/map/map.css";
import { useDeferredValue, useLayoutEffect, useRef, useState } from "react";
import { LocateButton } from "@/components/LocateButton";
import { MapFrame, preloadMap } from "@/components/MapFrame";
import { PlaceSearchFrame } from "@/components/PlaceSearchFrame";
import { EVERYTHING } from "@/features/map/filters";
import { Filters } from "@/features/map/Filters";
import { Preview } from "@/features/map/Preview";
import { Results } from "@/features/map/Results";
import { useMapState, viewInto } from "@/features/map/use-map-state";
import { useViewport } from "@/features/map/use-viewport";
import { WORDS } from "@/features/map/words";
import { boundsAround } from "@/lib/bounds";
import { type LatLon, LEAST_ZOOM, STREET_ZOOM } from "@/lib/map-view";
import { type Cluster, isCluster, type Pin } from "@/lib/pins";
import { COMMON } from "@/lib/words";

preloadMap();

const OUT = 3; // zooms: eight times as far

/** The map and the list of what is on it, side by side. */
export function MapPage() {
  const state = useMapState();
  const { filters, setFilters, target, isSettled, goTo, shown, view, measure, moved } = state;
  const viewport = useViewport(shown, filters, state.aim);
  const listed = useDeferredValue(viewport); // the pins are drawn first: of the list most is out of sight
  const [highlighted, highlight] = useState<string | null>(null);
  const [chosenId, choose] = useState<string | null>(null);
  const chosen = viewport.marks.find((mark): mark is Pin => mark.id === chosenId && !isCluster(mark));
  const frame = useRef<HTMLDivElement>(null);
  const side = useRef<HTMLDivElement>(null);

  // The first question need not wait for the map's own code: its rectangle follows from the place it will have.
  useLayoutEffect(() => {
    const box = frame.current?.getBoundingClientRect();
    if (isSettled && box?.width) measure(target, boundsAround(target, box.width, box.height));
  }, [isSettled, measure, target]);

  const zoomInto = (cluster: Cluster) => {
    const { width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {};
    goTo(viewInto(cluster, shown?.zoom ?? target.zoom, width, height));
    frame.current?.scrollIntoView({ block: "nearest" }); // on a phone the list may have pushed it away
  };
  const open = (mark: Pin | Cluster) => {
    if (isCluster(mark)) return zoomInto(mark);
    choose(mark.id);
    reveal(side.current, mark.id);
  };
  const locate = (here: LatLon) => goTo({ ...here, zoom: STREET_ZOOM - 1 });
  const zoomOut = () =>
    goTo({ ...(view ?? target), zoom: Math.max(LEAST_ZOOM, (view ?? target).zoom - OUT) });

  return (
    <div className="map-page">
      <title>{`${COMMON.appName}: ${WORDS.title}`}</title>
      <h1 className="visually-hidden">{WORDS.title}</h1>
      <div className="map-page__map">
        <div className="map-page__tools">
          <PlaceSearchFrame
            onFound={({ latitude, longitude, zoom }) => goTo({ latitude, longitude, zoom })}
          />
          <div className="map-page__locate">
            <LocateButton onFound={locate} />
          </div>
        </div>
        <MapFrame
          frame={frame}
          label={WORDS.map}
          view={target}
          marks={viewport.marks}
          highlighted={highlighted ?? chosen?.id ?? null}
          onMove={moved}
          onAim={state.aimed}
          onChoose={open}
          onHover={highlight}
          onPick={() => choose(null)}
        />
        {chosen ? <Preview pin={chosen} onClose={() => choose(null)} /> : null}
      </div>
      <div className="map-page__side" ref={side}>
        <Filters filters={filters} onChange={setFilters} />
        <Results
          viewport={listed}
          filters={filters}
          view={view}
          shown={shown}
          highlighted={highlighted ?? chosen?.id ?? null}
          onHighlight={highlight}
          onZoomInto={zoomInto}
          onZoomOut={zoomOut}
          onShowAll={() => setFilters(EVERYTHING)}
        />
      </div>
    </div>
  );
}

/** Bring a mark's line into view where the list scrolls by itself; on a phone that would take the map away. */
function reveal(side: HTMLElement | null, id: string): void {
  if (!side || side.scrollHeight <= side.clientHeight) return;
  side.querySelector(`[data-line="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
}

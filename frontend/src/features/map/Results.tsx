import { useId, useRef, useState } from "react";
import { Link } from "react-router";
import { AnnouncementList } from "@/features/map/AnnouncementList";
import { EVERYTHING, type Filters, isSame } from "@/features/map/filters";
import { Newest } from "@/features/map/Newest";
import { wholeTiles } from "@/features/map/rounding";
import type { Shown, useViewport } from "@/features/map/use-viewport";
import { WORDS } from "@/features/map/words";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { Trouble } from "@/components/Trouble";
import { formatView, LEAST_ZOOM, type MapView } from "@/lib/map-view";
import type { Cluster } from "@/lib/pins";
import { messageOf, waitOf } from "@/lib/problem";
import { momentOf } from "@/lib/time";
import { COMMON } from "@/lib/words";

interface ResultsProps {
  viewport: ReturnType<typeof useViewport>;
  filters: Filters;
  view: MapView | null;
  shown: Shown | null;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onZoomInto: (cluster: Cluster) => void;
  onZoomOut: () => void;
  onShowAll: () => void;
}

const NEARER = 3; // zooms: of what is listed, as good as nothing may lie beside the map

/** The list beside the map, or what there is to say instead of it. */
export function Results(props: ResultsProps) {
  const section = useRef<HTMLElement>(null);
  const heading = useId();
  const toSection = () => section.current?.focus({ preventScroll: true }); // the button is about to go
  const zoomInto = (cluster: Cluster) => {
    toSection();
    props.onZoomInto(cluster);
  };
  const zoomOut = () => {
    toSection();
    props.onZoomOut();
  };
  const isThere = isSomethingSeen(props.viewport);
  return (
    <section className="results" aria-labelledby={heading} ref={section} tabIndex={-1}>
      <h2 className="visually-hidden" id={heading}>
        {WORDS.results}
      </h2>
      <Summary viewport={props.viewport} />
      {isThere ? <Found {...props} onZoomInto={zoomInto} /> : <Nothing {...props} onZoomOut={zoomOut} />}
    </section>
  );
}

const isSomethingSeen = ({ pins, clusters }: ResultsProps["viewport"]): boolean =>
  pins.length + clusters.length > 0;

/** What is there in one line; it stays in the page while its words change, so that they are read out. */
function Summary({ viewport }: { viewport: ResultsProps["viewport"] }) {
  const { isAnswered, error } = viewport;
  const text = isSomethingSeen(viewport) ? countOf(viewport) : isAnswered ? WORDS.emptyTitle : "";
  return (
    <p
      className={text === WORDS.emptyTitle ? "results__count results__count--empty" : "results__count"}
      role="status"
    >
      {isAnswered || error ? text : WORDS.loading}
    </p>
  );
}

/** Nothing to be seen: there is none, or it is not known yet, or it cannot be known. */
function Nothing(props: ResultsProps) {
  const { isAnswered, error, refetch } = props.viewport;
  if (isAnswered) return <Empty {...props} />;
  if (!error) return <Waiting />;
  return (
    <Trouble error={error} onRetry={() => void refetch()}>
      {againIn(error)}
    </Trouble>
  );
}

/** The same as on the map, or one by one what is counted there. */
function Found({ viewport, filters, shown, highlighted, onHighlight, onZoomInto }: ResultsProps) {
  const { pins, clusters } = viewport;
  const [listed, list] = useState<string | null>(null); // the part of the map that is listed one by one
  const bbox = clusters.length && shown ? wholeTiles(shown.bounds, shown.zoom + NEARER) : null;
  const isListed = bbox !== null && bbox === listed;
  const lines = { highlighted, onHighlight };
  return (
    <>
      <Reservations {...viewport} />
      {bbox ? (
        <p className="results__way">
          <button type="button" className="button" onClick={() => list(isListed ? null : bbox)}>
            {isListed ? WORDS.byArea : WORDS.oneByOne}
          </button>
        </p>
      ) : null}
      {isListed ? (
        <Newest key={bbox} bbox={bbox} filters={filters} {...lines} />
      ) : (
        <AnnouncementList pins={pins} clusters={clusters} onZoomInto={onZoomInto} {...lines} />
      )}
    </>
  );
}

/** What an answer leaves out, or how old it or its counts may be. */
function Reservations({ answer, clusters, error, keptAt, refetch }: ResultsProps["viewport"]) {
  const delay = clusters.length ? answer?.delay : null;
  return (
    <>
      {answer?.hasMore ? <p className="results__note">{WORDS.truncated}</p> : null}
      {delay ? <p className="results__note">{WORDS.behind(Math.ceil(delay / 60))}</p> : null}
      {error ? (
        <Notice>
          <p>
            {WORDS.stale} {messageOf(error)} {againIn(error)}{" "}
            {keptAt ? WORDS.kept(momentOf(new Date(keptAt).toISOString())) : null}
          </p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {COMMON.tryAgain}
          </button>
        </Notice>
      ) : null}
    </>
  );
}

/** When a service that asks for patience is asked again. */
function againIn(error: Error): string | null {
  const wait = waitOf(error);
  return wait === null ? null : WORDS.again(wait / 1_000);
}

function countOf({ pins, clusters }: ResultsProps["viewport"]): string {
  const count = clusters.reduce((sum, cluster) => sum + cluster.count, pins.length);
  return clusters.length ? WORDS.aboutHere(count) : WORDS.inView(count);
}

/** The shapes of what is to come; that it is on its way is said above them. */
function Waiting() {
  return (
    <div className="results__waiting" aria-hidden="true">
      {[0, 1, 2, 3].map((line) => (
        <span key={line} className="skeleton" />
      ))}
    </div>
  );
}

/** Where there is nothing: the ways on. */
function Empty({ filters, view, onZoomOut, onShowAll }: ResultsProps) {
  return (
    <div className="results__empty">
      <p>{WORDS.emptyText}</p>
      {isSame(filters, EVERYTHING) ? null : (
        <button type="button" className="button" onClick={onShowAll}>
          <Icon name="time" />
          {WORDS.showAll}
        </button>
      )}
      {view && view.zoom <= LEAST_ZOOM ? null : (
        <button type="button" className="button" onClick={onZoomOut}>
          <Icon name="farther" />
          {WORDS.zoomOut}
        </button>
      )}
      <Link className="button" to={`/report${view ? `?at=${formatView(view)}` : ""}`}>
        <Icon name="place" />
        {WORDS.report}
      </Link>
    </div>
  );
}

import { useRef } from "react";
import { AnnouncementList } from "@/features/map/AnnouncementList";
import type { useViewport } from "@/features/map/use-viewport";
import { WORDS } from "@/features/map/words";
import { Notice } from "@/components/Notice";
import { Trouble } from "@/components/Trouble";
import type { Cluster } from "@/lib/pins";
import { messageOf } from "@/lib/problem";

interface ResultsProps {
  viewport: ReturnType<typeof useViewport>;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onZoomInto: (cluster: Cluster) => void;
  onShowAll: () => void;
}

/** The list beside the map, or what there is to say instead of it. */
export function Results(props: ResultsProps) {
  const section = useRef<HTMLElement>(null);
  const zoomInto = (cluster: Cluster) => {
    section.current?.focus({ preventScroll: true }); // the button is about to go
    props.onZoomInto(cluster);
  };
  const { pins, clusters } = props.viewport;
  const isThere = pins.length + clusters.length > 0;
  return (
    <section className="results" aria-label={WORDS.results} ref={section} tabIndex={-1}>
      {isThere ? <Found {...props} onZoomInto={zoomInto} /> : <Nothing {...props} />}
    </section>
  );
}

/** Nothing to be seen: there is none, or it is not known yet, or it cannot be known. */
function Nothing({ viewport, onShowAll }: ResultsProps) {
  const { isAnswered, error, refetch } = viewport;
  if (isAnswered) return <Empty onShowAll={onShowAll} />;
  return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
}

function Found({ viewport, highlighted, onHighlight, onZoomInto }: ResultsProps) {
  const { pins, clusters, isAnswered, error } = viewport;
  return (
    <>
      <p className="results__count" role="status">
        {isAnswered || error ? countOf(viewport) : WORDS.loading}
      </p>
      <Reservations {...viewport} />
      {error ? <Notice>{`${WORDS.stale} ${messageOf(error)}`}</Notice> : null}
      <AnnouncementList
        pins={pins}
        clusters={clusters}
        highlighted={highlighted}
        onHighlight={onHighlight}
        onZoomInto={onZoomInto}
      />
    </>
  );
}

/** What an answer leaves out, or how old its counts may be. */
function Reservations({ answer, clusters }: ResultsProps["viewport"]) {
  const delay = clusters.length ? answer?.delay : null;
  return (
    <>
      {answer?.hasMore ? <p className="results__note">{WORDS.truncated}</p> : null}
      {delay ? <p className="results__note">{WORDS.behind(delay)}</p> : null}
    </>
  );
}

function countOf({ pins, clusters }: ResultsProps["viewport"]): string {
  const count = clusters.reduce((sum, cluster) => sum + cluster.count, pins.length);
  return clusters.length ? WORDS.aboutHere(count) : WORDS.inView(count);
}

function Waiting() {
  return (
    <div className="results__waiting" role="status">
      <span className="visually-hidden">{WORDS.loading}</span>
      {[0, 1, 2, 3].map((line) => (
        <span key={line} className="skeleton" />
      ))}
    </div>
  );
}

function Empty({ onShowAll }: { onShowAll: () => void }) {
  return (
    <div className="results__empty" role="status">
      <h2>{WORDS.emptyTitle}</h2>
      <p>{WORDS.emptyText}</p>
      <button type="button" className="button" onClick={onShowAll}>
        {WORDS.showAll}
      </button>
    </div>
  );
}

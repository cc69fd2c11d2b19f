import { AnnouncementList } from "@/features/map/AnnouncementList";
import type { useViewport } from "@/features/map/use-viewport";
import { WORDS } from "@/features/map/words";
import { Notice } from "@/components/Notice";
import { Trouble } from "@/components/Trouble";
import { messageOf } from "@/lib/problem";

interface ResultsProps {
  viewport: ReturnType<typeof useViewport>;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onShowAll: () => void;
}

/** The list beside the map, or what there is to say instead of it. */
export function Results({ viewport, highlighted, onHighlight, onShowAll }: ResultsProps) {
  const { pins, clusters, hasMore, data, error, refetch } = viewport;
  if (!data && error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (!pins.length && !clusters.length) return <Empty onShowAll={onShowAll} />;
  return (
    <>
      <p className="results__count" role="status">
        {hasMore ? WORDS.truncated(pins.length) : WORDS.count(pins.length + sumOf(clusters))}
      </p>
      {error ? <Notice>{`${WORDS.stale} ${messageOf(error)}`}</Notice> : null}
      <AnnouncementList pins={pins} highlighted={highlighted} onHighlight={onHighlight} />
    </>
  );
}

const sumOf = (clusters: readonly { count: number }[]) => clusters.reduce((sum, { count }) => sum + count, 0);

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

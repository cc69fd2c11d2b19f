import { memo, useId } from "react";
import { Icon, SignIcon } from "@/components/Icon";
import { WORDS } from "@/features/map/words";
import { compact } from "@/lib/numbers";
import type { Cluster } from "@/lib/pins";
import { countedKinds, countsByKind } from "@/lib/words";

interface ClusterLineProps {
  cluster: Cluster;
  highlighted: boolean;
  onHighlight: (id: string | null) => void;
  onZoomInto: (cluster: Cluster) => void;
}

/** Many announcements of one place as one line, with the way to see them one by one. */
export const ClusterLine = memo(function ClusterLine(props: ClusterLineProps) {
  const { cluster, highlighted, onHighlight, onZoomInto } = props;
  const enter = () => onHighlight(cluster.id);
  const leave = () => onHighlight(null);
  const title = useId();
  return (
    <li
      data-line={cluster.id}
      className={highlighted ? "cluster-line announcement-line--highlighted" : "cluster-line"}
      onMouseEnter={enter}
      onMouseLeave={leave}
      onFocus={enter}
      onBlur={leave}
    >
      <span className="thumbnail cluster-line__picture" aria-hidden="true">
        {cluster.thumbnail ? (
          <img src={cluster.thumbnail} alt="" width={160} height={160} loading="lazy" decoding="async" />
        ) : (
          compact(cluster.count)
        )}
      </span>
      <div className="announcement-line__text">
        <h3 className="announcement-line__title" id={title}>
          {WORDS.cluster(cluster.count)}
          <span className="visually-hidden">: {countsByKind(cluster.kinds)}</span>
        </h3>
        <span className="cluster-line__kinds" aria-hidden="true">
          {countedKinds(cluster.kinds).map(({ kind, text }) => (
            <span key={kind} className={`badge badge--${kind}`}>
              <SignIcon sign={kind} />
              {text}
            </span>
          ))}
        </span>
        <button
          type="button"
          className="button cluster-line__zoom"
          aria-describedby={title}
          onClick={() => onZoomInto(cluster)}
        >
          <Icon name="closer" />
          {WORDS.zoomIn}
        </button>
      </div>
    </li>
  );
});

import { memo } from "react";
import { Link } from "react-router";
import { SignBadge } from "@/components/SignBadge";
import { Thumbnail } from "@/components/Thumbnail";
import { ClusterLine } from "@/features/map/ClusterLine";
import { WORDS } from "@/features/map/words";
import { signOf } from "@/lib/glyphs";
import type { Cluster, Pin } from "@/lib/pins";
import { ago } from "@/lib/time";
import { SPECIES_NAMES } from "@/lib/words";

interface AnnouncementListProps {
  pins: readonly Pin[];
  clusters: readonly Cluster[];
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onZoomInto: (cluster: Cluster) => void;
}

/** The same as on the map, single ones first and newest first: the way of the keyboard and of the screen reader. */
export function AnnouncementList(props: AnnouncementListProps) {
  const { pins, clusters, highlighted, ...actions } = props;
  return (
    <ul className="announcements" aria-label={WORDS.list}>
      {pins.map((pin) => (
        <Line key={pin.id} pin={pin} highlighted={pin.id === highlighted} onHighlight={actions.onHighlight} />
      ))}
      {clusters.map((cluster) => (
        <ClusterLine
          key={cluster.id}
          cluster={cluster}
          highlighted={cluster.id === highlighted}
          {...actions}
        />
      ))}
    </ul>
  );
}

interface LineProps {
  pin: Pin;
  highlighted: boolean;
  onHighlight: (id: string | null) => void;
}

export const Line = memo(function Line({ pin, highlighted, onHighlight }: LineProps) {
  const sign = signOf(pin);
  const enter = () => onHighlight(pin.id);
  const leave = () => onHighlight(null);
  return (
    <li
      data-line={pin.id}
      className={highlighted ? "announcement-line announcement-line--highlighted" : "announcement-line"}
      onMouseEnter={enter}
      onMouseLeave={leave}
      onFocus={enter}
      onBlur={leave}
    >
      <Link to={`/a/${pin.id}`}>
        <Thumbnail source={pin.thumbnail} species={pin.species} colour={pin.colour} />
        <div className="announcement-line__text">
          <SignBadge sign={sign} />
          <h3 className="announcement-line__title" dir="auto">
            {pin.title}
          </h3>
          <span className="announcement-line__facts">
            {SPECIES_NAMES[pin.species]} · <time dateTime={pin.eventAt}>{ago(pin.eventAt)}</time>
          </span>
        </div>
      </Link>
    </li>
  );
});

import { useMemo } from "react";
import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { MapFrame } from "@/components/MapFrame";
import { WORDS } from "@/features/announcement/words";
import type { Announcement } from "@/lib/announcements";
import { formatView, STREET_ZOOM } from "@/lib/map-view";
import { ago, momentOf } from "@/lib/time";
import { SPECIES_NAMES } from "@/lib/words";

/** When, where and which animal. */
export function Facts({ announcement }: { announcement: Announcement }) {
  const { species, event_at, published_at, link, public_place } = announcement;
  const { latitude, longitude } = public_place;
  const view = useMemo(() => ({ latitude, longitude, zoom: STREET_ZOOM }), [latitude, longitude]);
  return (
    <>
      <dl className="facts">
        <dt>{WORDS.when}</dt>
        <dd>
          <time dateTime={event_at}>{momentOf(event_at)}</time> ({ago(event_at)})
        </dd>
        <dt>{WORDS.species}</dt>
        <dd>{SPECIES_NAMES[species]}</dd>
        <dt>{WORDS.published}</dt>
        <dd>{ago(published_at)}</dd>
      </dl>
      {link ? (
        <p>
          <a className="announcement__link" href={link} rel="noopener nofollow ugc" target="_blank">
            <Icon name="link" size={18} />
            {WORDS.link}
          </a>
        </p>
      ) : null}
      <h2>{WORDS.where}</h2>
      <p className="field__hint">{WORDS.whereHint}</p>
      <MapFrame className="announcement__map" label={WORDS.mapLabel} view={view} place={public_place} />
      <p>
        <Link
          className="announcement__link"
          to={`/?${new URLSearchParams({ at: formatView(view), time: "all" })}`}
        >
          {WORDS.onMap}
        </Link>
      </p>
    </>
  );
}

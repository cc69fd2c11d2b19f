import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { Icon } from "@/components/Icon";
import { MapFrame } from "@/components/MapFrame";
import { WORDS } from "@/features/announcement/words";
import type { Announcement } from "@/lib/announcements";
import { boxAround, viewAround } from "@/lib/bounds";
import { formatView, type LatLon, LEAST_ZOOM, type MapView, STREET_ZOOM } from "@/lib/map-view";
import type { Nearby } from "@/lib/nearby";
import { type Blur, publicPlaceOf } from "@/lib/public-place";
import { ago, momentOf } from "@/lib/time";
import { SPECIES_NAMES } from "@/lib/words";

/** When and which animal. */
export function Facts({ announcement }: { announcement: Announcement }) {
  const { species, event_at, published_at, source, about, link } = announcement;
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
        {source ? (
          <>
            <dt>{WORDS.source}</dt>
            <dd dir="auto">{source}</dd>
          </>
        ) : null}
      </dl>
      {about ? (
        <p>
          <Link className="announcement__link" to={`/a/${about}`}>
            {WORDS.about}
          </Link>
        </p>
      ) : null}
      {link ? (
        <p>
          <a className="announcement__link" href={link} rel="noopener nofollow ugc" target="_blank">
            <Icon name="link" size={18} />
            {hostOf(link) ? WORDS.linkTo(hostOf(link)) : WORDS.link}
          </a>
        </p>
      ) : null}
    </>
  );
}

interface WhereProps {
  announcement: Announcement;
  sightings: readonly Nearby[];
}

/** The public place on a small map, with its blur said, and where the animal was seen since. */
export function Where({ announcement: { public_place }, sightings }: WhereProps) {
  const { latitude, longitude, blur } = public_place;
  const navigate = useNavigate();
  const view = useMemo(
    () => viewOf({ latitude, longitude }, blur, sightings),
    [latitude, longitude, blur, sightings],
  );
  const around = useMemo(() => publicPlaceOf({ latitude, longitude }, blur), [latitude, longitude, blur]);
  return (
    <section aria-labelledby="where">
      <h2 id="where">{WORDS.where}</h2>
      <p className="field__hint">{WORDS.whereRoughly[blur]}</p>
      <MapFrame
        className="announcement__map"
        label={WORDS.mapLabel}
        view={view}
        around={around}
        marks={sightings}
        onChoose={({ id }) => void navigate(`/a/${id}`)}
      />
      <p>
        <Link
          className="announcement__link"
          to={`/?${new URLSearchParams({ at: formatView(view), time: "all" })}`}
        >
          <Icon name="place" size={18} />
          {WORDS.onMap}
        </Link>
      </p>
    </section>
  );
}

const SIDE = 220; // pixels of the smallest map that all of it is to be seen on

/** So near that the place, and all sightings of it, are to be seen. */
function viewOf(place: LatLon, blur: Blur, sightings: readonly LatLon[]): MapView {
  const closest = blur === "area" ? STREET_ZOOM - 2 : STREET_ZOOM;
  if (!sightings.length) return { ...place, zoom: closest };
  const whole = viewAround(boxAround([place, ...sightings]), SIDE, SIDE);
  return { ...whole, zoom: Math.max(LEAST_ZOOM, Math.min(closest, whole.zoom)) };
}

/** Where a stranger's link leads, to be read before it is followed. */
function hostOf(link: string): string {
  try {
    return new URL(link).hostname;
  } catch {
    return "";
  }
}

import "@/components/sighting-list.css";
import { Link } from "react-router";
import { Thumbnail } from "@/components/Thumbnail";
import { away } from "@/lib/distance-words";
import type { Nearby } from "@/lib/nearby";
import { ago } from "@/lib/time";

/** Where and when an animal was seen, each line leading to who saw it. */
export function SightingList({ sightings }: { sightings: readonly Nearby[] }) {
  return (
    <ul className="sightings">
      {sightings.map(({ id, title, species, thumbnail, colour, eventAt, metres }) => (
        <li key={id}>
          <Link className="sighting" to={`/a/${id}`}>
            <Thumbnail source={thumbnail} species={species} colour={colour} />
            <span className="sighting__text">
              <span className="sighting__facts">
                <time dateTime={eventAt}>{ago(eventAt)}</time>, {away(metres)}
              </span>
              <span className="sighting__title" dir="auto">
                {title}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

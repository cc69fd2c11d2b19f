import { useId, useState } from "react";
import { SignBadge } from "@/components/SignBadge";
import { Thumbnail } from "@/components/Thumbnail";
import { useNeighbours } from "@/features/report/use-neighbours";
import { WORDS } from "@/features/report/words";
import type { Kind } from "@/lib/announcements";
import { away } from "@/lib/distance-words";
import type { Draft } from "@/lib/draft";
import type { Nearby } from "@/lib/nearby";
import { ago } from "@/lib/time";

const words = WORDS.neighbours;

interface NeighboursProps {
  kind: Kind;
  draft: Draft;
  about: string | null;
}

/** "Is it this one already?": what is known nearby, before a report is sent; nothing where nothing is. */
export function Neighbours({ kind, draft, about }: NeighboursProps) {
  const id = useId();
  const neighbours = useNeighbours(kind, draft, about);
  const [none, setNone] = useState("");
  const asked = neighbours.map((neighbour) => neighbour.id).join();
  if (!neighbours.length || none === asked) return null;
  return (
    <section className="neighbours" aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <p className="field__hint">{words.hint}</p>
      <ul className="neighbours__list">
        {neighbours.map((neighbour) => (
          <li key={neighbour.id}>
            <NeighbourLink neighbour={neighbour} />
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => setNone(asked)}>
        {words.none}
      </button>
    </section>
  );
}

function NeighbourLink({ neighbour }: { neighbour: Nearby }) {
  const { id, kind, title, species, thumbnail, colour, eventAt, metres } = neighbour;
  return (
    <a className="neighbour" href={`/a/${id}`} target="_blank" rel="noopener">
      <Thumbnail source={thumbnail} species={species} colour={colour} />
      <span className="neighbour__text">
        <SignBadge sign={kind} />
        <span className="neighbour__title" dir="auto">
          {title}
        </span>
        <span className="neighbour__facts">
          {away(metres)} · {ago(eventAt)}
          <span className="visually-hidden"> ({words.opens})</span>
        </span>
      </span>
    </a>
  );
}

import { Link } from "react-router";
import { Notice } from "@/components/Notice";
import { WORDS } from "@/components/form-words";
import type { Similar } from "@/lib/announcements";
import { SIGN_NAMES } from "@/lib/words";

const words = WORDS.similar;

/** That a photo may already be on the map, with the way to whoever shows it; nothing where nobody does. */
export function SimilarNotice({ similar }: { similar: readonly Similar[] }) {
  if (!similar.length) return null;
  return (
    <Notice>
      <p>{words.title}</p>
      <ul className="similar">
        {similar.map(({ announcement_id, title, kind, thumbnail, distance_m }) => (
          <li key={announcement_id}>
            {thumbnail ? <img src={thumbnail} alt="" width={48} height={48} /> : null}
            <Link to={`/a/${announcement_id}`} dir="auto">
              {title}
            </Link>
            <span>
              {SIGN_NAMES[kind]} · {words.away(distance_m)}
            </span>
          </li>
        ))}
      </ul>
      <p>{words.hint}</p>
    </Notice>
  );
}

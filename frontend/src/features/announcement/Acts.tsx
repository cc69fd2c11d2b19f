import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { ShareButton } from "@/components/ShareButton";
import { WORDS } from "@/features/announcement/words";
import type { Announcement } from "@/lib/announcements";
import { pageLink } from "@/lib/manage-token";

const words = WORDS.acts;

interface ActsProps {
  announcement: Announcement;
  isOwn: boolean;
}

/** What one can do for this animal, the most helpful first. */
export function Acts({ announcement, isOwn }: ActsProps) {
  const { id, kind, title, status } = announcement;
  const isOpen = status === "active";
  return (
    <div className="acts">
      {isOpen && !isOwn && kind !== "found" ? (
        <Link
          className="button button--primary"
          to={`/report?${new URLSearchParams({ kind: "sighting", about: id })}`}
        >
          <Icon name="eye" />
          {words.seen}
        </Link>
      ) : null}
      {isOpen && !isOwn ? (
        <a className={kind === "found" ? "button button--primary" : "button acts__write"} href="#message">
          <Icon name="message" />
          {words.write[kind]}
        </a>
      ) : null}
      <ShareButton title={title} url={pageLink(id)} />
      {isOpen ? (
        <Link className="button" to={`/a/${id}/poster`}>
          <Icon name="print" />
          {words.poster}
        </Link>
      ) : null}
    </div>
  );
}

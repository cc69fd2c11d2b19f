import { useState } from "react";
import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { WORDS } from "@/features/announcement/words";
import type { Announcement } from "@/lib/announcements";
import { copyText } from "@/lib/clipboard";
import { pageLink } from "@/lib/manage-token";

const words = WORDS.acts;

interface ActsProps {
  announcement: Announcement;
  isOwn: boolean;
}

/** What one can do for this animal, the most helpful first. */
export function Acts({ announcement, isOwn }: ActsProps) {
  const { id, kind, status } = announcement;
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
      <ShareButton announcement={announcement} />
      {isOpen ? (
        <Link className="button" to={`/a/${id}/poster`}>
          <Icon name="print" />
          {words.poster}
        </Link>
      ) : null}
    </div>
  );
}

/** The device's own way to pass something on; where there is none, the address for the clipboard. */
function ShareButton({ announcement: { id, title } }: { announcement: Announcement }) {
  const [copied, setCopied] = useState<boolean>();
  const canShare = typeof navigator.share === "function";
  const url = pageLink(id);
  const share = async () => {
    if (!canShare) return setCopied(await copyText(url));
    try {
      await navigator.share({ title, url });
    } catch (error) {
      const changedTheirMind = error instanceof DOMException && error.name === "AbortError";
      if (!changedTheirMind) setCopied(await copyText(url));
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={() => void share()}>
        <Icon name={copied ? "check" : canShare ? "share" : "copy"} />
        {canShare ? words.share : words.copy}
      </button>
      <p className="acts__said" role="status">
        {copied === undefined ? null : copied ? words.copied : words.notCopied}
      </p>
    </>
  );
}

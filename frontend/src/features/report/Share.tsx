import { useState } from "react";
import { Icon } from "@/components/Icon";
import { WORDS } from "@/features/report/after-words";
import { WORDS as SHARED_WORDS } from "@/components/words";
import type { Announcement } from "@/lib/announcements";
import { copyText } from "@/lib/clipboard";
import { pageLink } from "@/lib/manage-token";

/** The device's own way to pass it on; where there is none, the address for the clipboard. */
export function Share({ announcement: { id, kind, title } }: { announcement: Announcement }) {
  const [copied, setCopied] = useState(false);
  const text = `${WORDS.done.shareText[kind]} ${title}`;
  const share = async () => {
    const url = pageLink(id);
    if (typeof navigator.share !== "function") return setCopied(await copyText(`${text} ${url}`));
    await navigator.share({ title, text, url }).catch(() => undefined); // they changed their mind
  };
  return (
    <button type="button" className="button button--primary" onClick={() => void share()}>
      <Icon name={copied ? "check" : "share"} />
      <span aria-live="polite">{copied ? SHARED_WORDS.copy.copied : WORDS.done.share}</span>
    </button>
  );
}

import { ShareButton } from "@/components/ShareButton";
import { WORDS } from "@/features/report/after-words";
import type { Announcement } from "@/lib/announcements";
import { pageLink } from "@/lib/manage-token";

/** Pass on what was just announced. */
export function Share({ announcement: { id, kind, title } }: { announcement: Announcement }) {
  const text = `${WORDS.done.shareText[kind]} ${title}`;
  return <ShareButton className="button button--primary" title={title} text={text} url={pageLink(id)} />;
}

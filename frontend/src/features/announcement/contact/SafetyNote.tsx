import { Icon } from "@/components/Icon";
import { WORDS } from "@/features/announcement/contact/words";
import type { Announcement } from "@/lib/announcements";
import { holdsContact } from "@/lib/contact-in-text";

const words = WORDS.safety;

/** What keeps people from being cheated; said louder where a text gives away how to reach somebody. */
export function SafetyNote({ announcement: { kind, title, text } }: { announcement: Announcement }) {
  const isOpen = holdsContact(`${title}\n${text}`);
  return (
    <aside className={isOpen ? "safety safety--loud" : "safety"} aria-labelledby="safety-title">
      <Icon name={isOpen ? "warning" : "shield"} size={24} />
      <div>
        <h2 id="safety-title">{words.title}</h2>
        {isOpen ? <p>{words.contact}</p> : null}
        <p>{kind === "lost" ? words.lost : words.found}</p>
      </div>
    </aside>
  );
}

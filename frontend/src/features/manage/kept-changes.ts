import { type Draft, draftOf } from "@/lib/draft";
import type { Kind, OwnAnnouncement } from "@/lib/announcements";

export type Edited = Draft & { kind: Kind };

/** What a form holds, beside what it held before anything was changed. */
export interface Changes {
  before: Edited;
  draft: Edited;
}

export const editedOf = (announcement: OwnAnnouncement): Edited => ({
  ...draftOf(announcement),
  kind: announcement.kind,
});

const key = (id: string) => `homeward.changes.${id}`;

/** What was changed in this tab and not saved: a reload, another language or a look elsewhere loses nothing. */
export function keptChanges(announcement: OwnAnnouncement): Changes | null {
  const now = editedOf(announcement);
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(announcement.id)) ?? "null") as Changes | null;
    return kept && { before: { ...now, ...kept.before }, draft: { ...now, ...kept.draft } };
  } catch {
    return null;
  }
}

export function keepChanges(id: string, changes: Changes): void {
  try {
    sessionStorage.setItem(key(id), JSON.stringify(changes));
  } catch {
    // a browser that keeps nothing
  }
}

export function forgetChanges(id: string): void {
  try {
    sessionStorage.removeItem(key(id));
  } catch {
    // what could not be kept need not be forgotten
  }
}

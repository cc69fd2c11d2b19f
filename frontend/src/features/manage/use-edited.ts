import { useEffect, useState } from "react";
import {
  type Edited,
  editedOf,
  forgetChanges,
  keepChanges,
  keptChanges,
} from "@/features/manage/kept-changes";
import type { OwnAnnouncement } from "@/lib/announcements";

const areSame = (one: Edited, other: Edited) => JSON.stringify(one) === JSON.stringify(other);

/** What is being changed; what was saved elsewhere, in another tab, comes in as long as nothing is written here. */
export function useEdited(announcement: OwnAnnouncement) {
  const { id } = announcement;
  const now = editedOf(announcement);
  const [kept] = useState(() => keptChanges(announcement));
  const [before, setBefore] = useState(kept?.before ?? now);
  const [draft, setDraft] = useState(kept?.draft ?? now);
  const isChanged = !areSame(before, draft);
  if (!isChanged && !areSame(before, now)) {
    setBefore(now);
    setDraft(now);
  }
  useEffect(() => {
    if (isChanged) keepChanges(id, { before, draft });
    else forgetChanges(id);
  }, [id, isChanged, before, draft]);
  const change = (changes: Partial<Edited>) => setDraft((last) => ({ ...last, ...changes }));
  return { before, draft, isChanged, change, saved: () => setBefore(draft), undo: () => setDraft(before) };
}

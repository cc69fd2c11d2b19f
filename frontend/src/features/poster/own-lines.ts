import { useState } from "react";
import { forget, store, stored } from "@/lib/storage";

/** What the holder of the manage link puts on the poster: it is kept here and sent nowhere. */
export interface OwnLines {
  contact: string;
  place: string;
}

export const NO_LINES: OwnLines = { contact: "", place: "" };
const key = (id: string) => `homeward.poster.${id}`;

export function useOwnLines(id: string): [OwnLines, (changes: Partial<OwnLines>) => void] {
  const [lines, setLines] = useState(() => keptLines(id));
  const change = (changes: Partial<OwnLines>) => {
    const changed = { ...lines, ...changes };
    setLines(changed);
    if (changed.contact || changed.place) store(key(id), JSON.stringify(changed));
    else forget(key(id));
  };
  return [lines, change];
}

function keptLines(id: string): OwnLines {
  try {
    const { contact, place } = JSON.parse(stored(key(id)) ?? "{}") as Record<string, unknown>;
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    return { contact: text(contact), place: text(place) };
  } catch {
    return NO_LINES;
  }
}

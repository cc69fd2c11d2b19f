import { preloadPage } from "@/app/pages";
import type { Announcement, FeatureCollection } from "@/lib/announcements";
import { KEYS, queryClient } from "@/lib/query-client";

/**
 * The API writes the page of an announcement as HTML that reads without us, and index.html the first words of all others.
 * They stay until we can show the same at once: our code for it is there, and so is what it tells.
 */
export async function takeOver(root: HTMLElement): Promise<void> {
  if (!root.hasChildNodes()) return;
  const id = taken<Announcement>("announcement", ({ id }) => KEYS.announcement(id))?.id;
  if (id) taken<FeatureCollection>("sightings", () => KEYS.sightings(id));
  await preloadPage(location.pathname).catch(() => undefined); // then the frame says what is wrong
}

/** Take what the page was written with; it may be a minute old, so it is shown at once and asked for anew. */
function taken<Told>(element: string, keyOf: (told: Told) => readonly string[]): Told | undefined {
  const written = document.querySelector(`script#${element}`)?.textContent;
  if (!written) return undefined;
  try {
    const told = JSON.parse(written) as Told;
    queryClient.setQueryData(keyOf(told), told, { updatedAt: 1 });
    return told;
  } catch {
    return undefined; // what cannot be read is asked for
  }
}

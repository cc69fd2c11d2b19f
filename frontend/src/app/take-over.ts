import { preloadPage } from "@/app/pages";
import type { Announcement } from "@/lib/announcements";
import { KEYS, queryClient } from "@/lib/query-client";

/**
 * The API writes the page of an announcement as HTML that reads without us, and index.html the first words of all others.
 * They stay until we can show the same at once: our code for it is there, and so is what it tells.
 */
export async function takeOver(root: HTMLElement): Promise<void> {
  if (!root.hasChildNodes()) return;
  takeAnnouncement();
  await preloadPage(location.pathname).catch(() => undefined); // then the frame says what is wrong
}

function takeAnnouncement(): void {
  const written = document.querySelector("script#announcement")?.textContent;
  if (!written) return;
  try {
    const announcement = JSON.parse(written) as Announcement;
    // It may be a minute old: it is shown at once and asked for anew.
    queryClient.setQueryData(KEYS.announcement(announcement.id), announcement, { updatedAt: 1 });
  } catch {
    // what cannot be read is asked for
  }
}

import type { Report } from "@/features/report/kept-reports";
import { toLocalInput } from "@/lib/time";

const RECENT = 60 * 24 * 3_600_000; // milliseconds: an older photo shows the animal, not what happened

/** The moment a photo was taken, if it is recent enough to be when it happened. */
export function takenAt({ photos }: Report, now = Date.now()): string | null {
  const taken = photos.map((photo) => photo.takenAt).filter((moment) => moment !== null);
  const oldest = toLocalInput(new Date(now - RECENT));
  return taken.find((moment) => moment >= oldest && moment <= toLocalInput(new Date(now))) ?? null;
}

/** Where a photo was taken, unless that was long ago. */
export function takenPlace(whole: Report, now = Date.now()) {
  const oldest = toLocalInput(new Date(now - RECENT));
  return whole.photos.find(({ place, takenAt: at }) => place && (at === null || at >= oldest))?.place ?? null;
}

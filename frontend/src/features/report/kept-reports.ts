import type { AnnouncementBody, Kind } from "@/lib/announcements";
import { type Draft, emptyDraft } from "@/lib/draft";
import type { CameraNotes } from "@/lib/exif";
import { Problem } from "@/lib/problem";
import { forget, store, stored, storedKeys } from "@/lib/storage";
import { REPORT_KEY } from "@/lib/unsent";

/** Whose announcement a sighting is about; null for an animal that is reported on its own. */
export type About = string | null;

/** A photo of a report; its bytes are kept by its id. */
export interface ReportPhoto extends CameraNotes {
  id: string;
  name: string;
}

/** What the API had against a report, as it can be kept. */
export type Refusal = Pick<Problem, "status" | "members" | "retryAfter">;

export const problemOf = ({ status, members, retryAfter }: Refusal): Problem =>
  new Problem(status, members, retryAfter);

/** What a person is writing, kept on the device until it is sent. */
export interface Report {
  id: string;
  startedAt: number;
  kind: Kind;
  about: About;
  draft: Draft;
  photos: readonly ReportPhoto[];
  isWaiting: boolean; // to be sent as soon as there is a network
  unanswered: { key: string; body: AnnouncementBody } | null; // sent, and nobody knows whether it arrived
  refusal: Refusal | null; // it waited, and was refused when its turn came
}

const VERSION = 2; // of what is kept; another one is not read
const keyOf = (about: About): string => (about === null ? REPORT_KEY : `${REPORT_KEY}.${about}`);

/** Keep a report on the device; tells whether it worked. */
export const keepReport = (report: Report): boolean =>
  store(keyOf(report.about), JSON.stringify({ version: VERSION, ...report }));

export const forgetReport = (about: About): void => forget(keyOf(about));

export function keptReport(about: About): Report | null {
  const found = kept<Report & { version: number }>(keyOf(about));
  if (found?.version !== VERSION) return null;
  const { id, startedAt, kind, photos, isWaiting, unanswered, refusal } = found;
  const draft = { ...emptyDraft(), ...found.draft };
  return { id, startedAt, kind, about, draft, photos, isWaiting, unanswered, refusal };
}

/** Every report on the device, by what it is about. */
export function keptReports(): ReadonlyMap<About, Report> {
  const abouts = storedKeys(REPORT_KEY).map((key) => key.slice(REPORT_KEY.length + 1) || null);
  const all = abouts.map(keptReport).filter((report) => report !== null);
  return new Map(all.map((report) => [report.about, report]));
}

/** A value that was kept under a key; null where there is none that can be read. */
export function kept<Value>(key: string): Value | null {
  try {
    return JSON.parse(stored(key) ?? "null") as Value | null;
  } catch {
    return null;
  }
}

import type { AnnouncementBody, Kind } from "@/lib/announcements";
import { type Draft, emptyDraft } from "@/lib/draft";
import type { CameraNotes } from "@/lib/exif";
import { randomKey } from "@/lib/random";
import { forget, store, stored } from "@/lib/storage";
import { Store } from "@/lib/store";
import { toLocalInput } from "@/lib/time";
import { REPORT_KEY, SENT_KEY } from "@/lib/unsent";

/** A photo of a report; its bytes are kept by its id. */
export interface ReportPhoto extends CameraNotes {
  id: string;
  name: string;
}

/** What a person is writing, kept on the device until it is sent. */
export interface Report {
  id: string;
  startedAt: number;
  kind: Kind;
  about: string | null;
  draft: Draft;
  photos: readonly ReportPhoto[];
  isWaiting: boolean; // to be sent as soon as there is a network
  unanswered: { key: string; body: AnnouncementBody } | null; // sent, and nobody knows whether it arrived
}

/** The last report that was sent from this device, so that every tab that showed it goes on. */
interface Sent {
  reportId: string;
  announcementId: string;
}

const VERSION = 1; // of what is kept; another one is not read

export function newReport(kind: Kind = "lost", now = Date.now()): Report {
  const draft = emptyDraft(new Date(now));
  const empty = { about: null, draft, photos: [], isWaiting: false, unanswered: null };
  return { id: randomKey(), startedAt: now, kind, ...empty };
}

/** What is here is older on the device when it could not be kept, as where its storage is full. */
let isKept = true;

export const report = new Store<Report>(keptReport() ?? newReport());
export const lastSent = new Store<Sent | null>(kept<Sent>(SENT_KEY));

/** Tell whether there is anything in a report that it would be a pity to lose. */
export function isBegun({ draft, photos, startedAt }: Report): boolean {
  const { when, ...before } = emptyDraft(new Date(startedAt));
  const { when: moment, ...now } = draft;
  return photos.length > 0 || moment !== when || JSON.stringify(now) !== JSON.stringify(before);
}

export function changeReport(changes: Partial<Report>): void {
  const changed = { ...report.get(), ...changes };
  report.set(changed);
  if (isBegun(changed)) isKept = store(REPORT_KEY, JSON.stringify({ version: VERSION, ...changed }));
}

export const changeDraft = (changes: Partial<Draft>): void =>
  changeReport({ draft: { ...report.get().draft, ...changes } });

/** Begin anew, with nothing of what was there. */
export function startAnew(kind: Kind): void {
  forget(REPORT_KEY);
  report.set(newReport(kind));
}

/** A report that nothing was written into begins now, however long its page has been open. */
export function begin(kind: Kind, about: string | null): void {
  const before = report.get();
  if (before.kind === kind && before.about === about) return;
  changeReport({ kind, about, ...(isBegun(before) ? {} : { startedAt: Date.now(), draft: emptyDraft() }) });
}

/** Note that it was sent, here and for the other tabs. */
export function noteSent(announcementId: string): void {
  const sent = { reportId: report.get().id, announcementId };
  store(SENT_KEY, JSON.stringify(sent));
  lastSent.set(sent);
  startAnew(report.get().kind);
}

/** Take over what another tab wrote or sent. */
export function lookAtDevice(): void {
  const sent = kept<Sent>(SENT_KEY);
  const here = report.get();
  const there = isKept ? keptReport() : here;
  if (sent && sent.announcementId !== lastSent.get()?.announcementId) lastSent.set(sent);
  if (there && JSON.stringify(there) !== JSON.stringify(here)) report.set(there);
  else if (!there && sent?.reportId === here.id) report.set(newReport(here.kind));
}

function keptReport(): Report | null {
  const found = kept<Report & { version: number }>(REPORT_KEY);
  if (found?.version !== VERSION) return null;
  const { id, startedAt, kind, about, photos, isWaiting, unanswered } = found;
  const draft = { ...emptyDraft(), ...found.draft };
  return { id, startedAt, kind, about, draft, photos, isWaiting, unanswered };
}

function kept<Value>(key: string): Value | null {
  try {
    return JSON.parse(stored(key) ?? "null") as Value | null;
  } catch {
    return null;
  }
}

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

const RECENT = 60 * 24 * 3_600_000; // milliseconds: an older photo shows the animal, not what happened

import { useSyncExternalStore } from "react";
import {
  type About,
  forgetReport,
  keepReport,
  kept,
  keptReport,
  keptReports,
  type Report,
} from "@/features/report/kept-reports";
import type { Kind } from "@/lib/announcements";
import { type Draft, emptyDraft } from "@/lib/draft";
import { randomKey } from "@/lib/random";
import { store } from "@/lib/storage";
import { Store } from "@/lib/store";
import { SENT_KEY } from "@/lib/unsent";

/** The last report that was sent from this device, so that every tab that showed it goes on. */
interface Sent {
  reportId: string;
  announcementId: string;
}

/** All that is being written: one report on its own, and one about each announcement that somebody has seen.
 *
 * They never mix: who sees somebody's cat while an own report is half written tells of the cat alone.
 */
export const reports = new Store<ReadonlyMap<About, Report>>(keptReports());
export const lastSent = new Store<Sent | null>(kept<Sent>(SENT_KEY));

/** What nothing was written into yet. */
const untouched = new Map<About, Report>();

/** Which are older on the device than here, because they could not be kept, as where its storage is full. */
const unkept = new Set<About>();

export function newReport(about: About, kind: Kind = "lost", now = Date.now()): Report {
  const draft = emptyDraft(new Date(now));
  const empty = { about, draft, photos: [], isWaiting: false, unanswered: null, refusal: null };
  return { id: randomKey(), startedAt: now, kind: about === null ? kind : "sighting", ...empty };
}

export function reportAbout(about: About): Report {
  const known = reports.get().get(about) ?? untouched.get(about) ?? newReport(about);
  untouched.set(about, known);
  return known;
}

export const useReportAbout = (about: About): Report =>
  useSyncExternalStore(reports.subscribe, () => reportAbout(about));

/** Tell whether there is anything in a report that it would be a pity to lose. */
export function isBegun({ about, draft, photos, startedAt }: Report): boolean {
  const known = about === null ? {} : { species: draft.species }; // whom it is about tells which animal it is
  const before = { ...emptyDraft(new Date(startedAt)), ...known };
  const names = Object.keys(before) as (keyof Draft)[];
  return photos.length > 0 || names.some((name) => draft[name] !== before[name]);
}

/** Tell whether it is out of the person's hands, or was: then nobody but they themselves changes anything about it. */
const isUnderway = ({ isWaiting, unanswered, refusal }: Report): boolean =>
  isWaiting || unanswered !== null || refusal !== null;

export function changeReport(about: About, changes: Partial<Report>): void {
  const changed = { ...reportAbout(about), ...changes };
  put(changed);
  if (!isBegun(changed)) forgetReport(about);
  else if (keepReport(changed)) unkept.delete(about);
  else unkept.add(about);
}

export const changeDraft = (about: About, changes: Partial<Draft>): void =>
  changeReport(about, { draft: { ...reportAbout(about).draft, ...changes } });

/** Begin anew, with nothing of what was there. */
export function startAnew(about: About, kind?: Kind): void {
  forgetReport(about);
  put(newReport(about, kind));
}

/** The page of a report was opened, by a link that asks for a kind or for none.
 *
 * One that nothing was written into begins now, however long its page has been open.
 */
export function begin(about: About, asked: Kind | null): void {
  const before = reportAbout(about);
  const kind = about === null ? (asked ?? before.kind) : "sighting";
  if (isUnderway(before) || before.kind === kind) return;
  changeReport(about, { kind, ...(isBegun(before) ? {} : { startedAt: Date.now(), draft: emptyDraft() }) });
}

/** It was another animal: what was written of the one becomes a report on its own. */
export function detach(about: string): void {
  const whole = reportAbout(about);
  startAnew(about);
  changeReport(null, { ...whole, about: null });
}

/** Note that it was sent, here and for the other tabs. */
export function noteSent(about: About, announcementId: string): void {
  const { id, kind } = reportAbout(about);
  const sent = { reportId: id, announcementId };
  store(SENT_KEY, JSON.stringify(sent));
  lastSent.set(sent);
  startAnew(about, kind);
}

/** Take over what another tab wrote or sent. */
export function lookAtDevice(): void {
  const sent = kept<Sent>(SENT_KEY);
  if (sent && sent.announcementId !== lastSent.get()?.announcementId) lastSent.set(sent);
  for (const here of reports.get().values()) {
    const there = keptReport(here.about);
    const isSent = !there && sent?.reportId === here.id;
    if (isSent) put(newReport(here.about, here.kind));
    else if (there && !unkept.has(here.about) && !isSame(there, here)) put(there);
  }
  for (const [about, there] of keptReports()) if (!reports.get().has(about)) put(there);
}

const isSame = (one: Report, other: Report): boolean => JSON.stringify(one) === JSON.stringify(other);

function put(report: Report): void {
  reports.set(new Map(reports.get()).set(report.about, report));
}

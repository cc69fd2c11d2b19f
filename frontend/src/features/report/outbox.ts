import { alone } from "@/features/report/alone";
import { deliver, deliverAll, takeOn } from "@/features/report/deliveries";
import type { About, Refusal, Report } from "@/features/report/kept-reports";
import { changeReport, lookAtDevice, noteSent, reportAbout, reports } from "@/features/report/report-store";
import { withTitle } from "@/features/report/steps";
import type { AnnouncementBody, CreatedAnnouncement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { bodyOf } from "@/lib/draft";
import { keepToken } from "@/lib/manage-token";
import { noteOwnAnnouncement } from "@/lib/own-changes";
import { Problem, Unreachable, waitOf } from "@/lib/problem";
import { refresh } from "@/lib/query-client";
import { randomKey } from "@/lib/random";
import { Store } from "@/lib/store";

const TRY_AGAIN = 30_000; // milliseconds: not every network that comes back says so

/** Why what waits could not be sent at its last turn, though a server was there. */
export const delay = new Store<unknown>(null);

/** Send a report because the person says so, once whatever happens: an answer that is lost is asked for again by the
 * same key.
 *
 * Without a network it is kept to be sent later. Throws what the API has against it.
 */
export async function sendReport(about: About, website = ""): Promise<void> {
  const { id } = reportAbout(about);
  await alone("report", async () => {
    lookAtDevice();
    if (reportAbout(about).id !== id) return; // another tab was faster
    try {
      finish(about, await create(reportAbout(about), website));
    } catch (error) {
      changeReport(about, { isWaiting: error instanceof Unreachable, refusal: null });
      throw error;
    }
  });
}

/** Send a report that waits. What may pass by itself is tried again; a clear no is kept for the person to see. */
function sendInTurn(about: About): Promise<void> {
  return alone("report", async () => {
    lookAtDevice();
    if (!reportAbout(about).isWaiting) return; // another tab has sent it or taken it back
    try {
      finish(about, await create(reportAbout(about)));
      delay.set(null);
    } catch (error) {
      if (!mayPass(error)) return changeReport(about, { isWaiting: false, refusal: refusalOf(error) });
      delay.set(error instanceof Unreachable ? null : error);
      notBefore = Date.now() + (waitOf(error) ?? 0);
    }
  });
}

let notBefore = 0; // milliseconds since 1970: a busy server says how long it wants to be left alone

const mayPass = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429));

function refusalOf(error: unknown): Refusal {
  const { status, members, retryAfter } = error instanceof Problem ? error : new Problem(0);
  return { status, members, retryAfter };
}

async function create(whole: Report, website = ""): Promise<CreatedAnnouncement> {
  const { kind, draft, about, unanswered } = whole;
  const hidden = website ? { website } : {}; // people never see this field: who fills it in is none
  const body: AnnouncementBody = { ...bodyOf(kind, withTitle(kind, draft)), about, ...hidden };
  if (unanswered) {
    const before = await post(about, unanswered).catch(unlessRefused);
    if (before && isSame(unanswered.body, body)) return before;
    if (before) return { ...before, ...(await api.change(before.id, before.manage_token, body)) };
  }
  const sending = { key: randomKey(), body };
  changeReport(about, { unanswered: sending });
  return post(about, sending);
}

type Sending = NonNullable<Report["unanswered"]>;

async function post(about: About, { key, body }: Sending): Promise<CreatedAnnouncement> {
  try {
    return await api.create(body, key);
  } catch (error) {
    if (isRefusal(error)) changeReport(about, { unanswered: null });
    throw error;
  }
}

const isSame = (one: AnnouncementBody, other: AnnouncementBody) =>
  JSON.stringify(one) === JSON.stringify(other);

/** A clear no: nothing was made. After anything else something may have been. */
const isRefusal = (error: unknown): boolean => error instanceof Problem && error.status < 500;

function unlessRefused(error: unknown): null {
  if (!isRefusal(error) || (error instanceof Problem && error.status === 429)) throw error;
  return null;
}

function finish(about: About, created: CreatedAnnouncement): void {
  const { id, manage_token: token } = created;
  const photos = reportAbout(about).photos.map((photo) => ({ id: photo.id }));
  keepToken(id, token, created.title);
  noteOwnAnnouncement(created);
  if (photos.length) takeOn({ announcementId: id, token, photos });
  noteSent(about, id);
  refresh(id);
  void deliver(id);
}

const waiting = (): Report[] => [...reports.get().values()].filter(({ isWaiting }) => isWaiting);

/** Send what waits: the reports that are to be sent, and photos of those that were. */
export async function sendWaiting(): Promise<void> {
  for (const { about } of waiting()) await sendInTurn(about);
  await deliverAll();
}

let watchers = 0; // several parts of a page may watch; what waits is sent when the first one begins

/** Send what waits now, and whenever the network comes back; gives the end of it. */
export function watchNetwork(): () => void {
  const again = () => void sendWaiting();
  const later = () => waiting().length > 0 && Date.now() >= notBefore && again();
  const timer = window.setInterval(later, TRY_AGAIN);
  window.addEventListener("online", again);
  window.addEventListener("storage", lookAtDevice);
  window.addEventListener("pageshow", lookAtDevice); // a page that the browser had laid aside heard of nothing
  if (watchers++ === 0) again();
  return () => {
    watchers--;
    window.clearInterval(timer);
    window.removeEventListener("online", again);
    window.removeEventListener("storage", lookAtDevice);
    window.removeEventListener("pageshow", lookAtDevice);
  };
}

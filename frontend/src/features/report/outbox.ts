import { alone } from "@/features/report/alone";
import { deliver, deliverAll, takeOn } from "@/features/report/deliveries";
import { changeReport, lookAtDevice, noteSent, type Report, report } from "@/features/report/report-store";
import { withTitle } from "@/features/report/steps";
import type { AnnouncementBody, CreatedAnnouncement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { bodyOf } from "@/lib/draft";
import { keepToken } from "@/lib/manage-token";
import { noteOwnAnnouncement } from "@/lib/own-changes";
import { Problem, Unreachable } from "@/lib/problem";
import { refresh } from "@/lib/query-client";
import { randomKey } from "@/lib/random";
import { Store } from "@/lib/store";

const TRY_AGAIN = 30_000; // milliseconds: not every network that comes back says so

/** What a report that waits was refused for when its turn came: it is the person's again. */
export const refusal = new Store<unknown>(null);

/** Send what is being written, once whatever happens: an answer that is lost is asked for again by the same key.
 *
 * Without a network it is kept to be sent later. Throws what the API has against it.
 */
export async function sendReport(website = ""): Promise<void> {
  const { id } = report.get();
  await alone("report", async () => {
    lookAtDevice();
    if (report.get().id !== id) return; // another tab was faster
    try {
      finish(await create(report.get(), website));
    } catch (error) {
      changeReport({ isWaiting: error instanceof Unreachable });
      throw error;
    }
  });
}

async function create(whole: Report, website: string): Promise<CreatedAnnouncement> {
  const { kind, draft, about, unanswered } = whole;
  const hidden = website ? { website } : {}; // people never see this field: who fills it in is none
  const body: AnnouncementBody = { ...bodyOf(kind, withTitle(kind, draft)), about, ...hidden };
  if (unanswered) {
    const before = await post(unanswered).catch(unlessRefused);
    if (before && isSame(unanswered.body, body)) return before;
    if (before) return { ...before, ...(await api.change(before.id, before.manage_token, body)) };
  }
  const sending = { key: randomKey(), body };
  changeReport({ unanswered: sending });
  return post(sending);
}

async function post({ key, body }: { key: string; body: AnnouncementBody }): Promise<CreatedAnnouncement> {
  try {
    return await api.create(body, key);
  } catch (error) {
    if (isRefusal(error)) changeReport({ unanswered: null });
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

function finish(created: CreatedAnnouncement): void {
  const { id, manage_token: token } = created;
  const photos = report.get().photos.map((photo) => ({ id: photo.id }));
  keepToken(id, token, created.title);
  noteOwnAnnouncement(created);
  if (photos.length) takeOn({ announcementId: id, token, photos });
  noteSent(id);
  refresh(id);
  void deliver(id);
}

/** Send what waits: the report if it is to be sent, and photos of those that were. */
export async function sendWaiting(): Promise<void> {
  if (report.get().isWaiting) {
    refusal.set(null);
    await sendReport().catch((error: unknown) => {
      if (!(error instanceof Unreachable)) refusal.set(error);
    });
  }
  await deliverAll();
}

let watchers = 0; // several parts of a page may watch; what waits is sent when the first one begins

/** Send what waits now, and whenever the network comes back; gives the end of it. */
export function watchNetwork(): () => void {
  const again = () => void sendWaiting();
  const later = () => report.get().isWaiting && again();
  const timer = window.setInterval(later, TRY_AGAIN);
  window.addEventListener("online", again);
  window.addEventListener("storage", lookAtDevice);
  if (watchers++ === 0) again();
  return () => {
    watchers--;
    window.clearInterval(timer);
    window.removeEventListener("online", again);
    window.removeEventListener("storage", lookAtDevice);
  };
}

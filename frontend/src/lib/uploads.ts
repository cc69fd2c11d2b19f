import { PICTURE_TYPES, type PictureSlot, type Similar } from "@/lib/announcements";
import { api } from "@/lib/api";
import { noteOwnAnnouncement } from "@/lib/own-changes";
import { messageOf, Problem, Unreachable } from "@/lib/problem";
import { refresh } from "@/lib/query-client";
import { inOurWords } from "@/lib/refusals";
import { Store, useStore } from "@/lib/store";

const FIRST_LOOK = 250; // milliseconds: a picture is usually ready within a second
const SLOWEST_LOOK = 2_000;
const PATIENCE = 150_000; // the server gives up on a picture within two minutes
const STALLED = 30_000; // without a byte that leaves: the connection is lost, whether it says so or not
const LAST_MINUTE = 60_000; // a form that ends so soon is not worth a slow upload

/** How far a picture that is being added to an announcement has come. */
export type Upload =
  | { phase: "queued" }
  | { phase: "sending"; part: number }
  | { phase: "processing" }
  | { phase: "ready"; similar: readonly Similar[] }
  | { phase: "late" }
  | { phase: "refused"; reason: string }
  | { phase: "failed"; message: string; retry?: () => Promise<unknown> }; // no retry: it would be refused again

/** Where an upload was interrupted, so that it goes on from there and not from the start. */
export interface Halfway {
  slot?: PictureSlot;
  isSent?: boolean; // all bytes have arrived; only the outcome is not known
}

interface Way {
  name?: string; // tells the photos of one announcement apart
  onStep?: (halfway: Halfway) => void;
  retry?: () => Promise<unknown>;
}

interface Named {
  announcementId: string;
  upload: Upload;
}

const uploads = new Store<ReadonlyMap<string, Named>>(new Map());

/** The uploads of an announcement by their names, which go on while the person looks at other pages. */
export function useUploads(announcementId: string): { name: string; upload: Upload }[] {
  return [...useStore(uploads)]
    .filter(([, named]) => named.announcementId === announcementId)
    .map(([name, { upload }]) => ({ name, upload }));
}

/** The upload of an announcement that is on its way, or else its last one. */
export function useUpload(announcementId: string): Upload | undefined {
  const all = useUploads(announcementId).map(({ upload }) => upload);
  return all.find(isBusy) ?? all.at(-1);
}

export const isBusy = (upload?: Upload): boolean =>
  upload !== undefined && ["queued", "sending", "processing"].includes(upload.phase);

export function noteUpload(announcementId: string, name: string, upload: Upload): void {
  uploads.set(new Map(uploads.get()).set(name, { announcementId, upload }));
}

export function forgetUpload(name: string): void {
  const left = new Map(uploads.get());
  if (left.delete(name)) uploads.set(left);
}

/** Send a photo straight to the bucket and follow it until it is ready or refused; it never throws. */
export async function uploadPhoto(
  announcementId: string,
  token: string,
  photo: Blob,
  begun: Halfway = {},
  way: Way = {},
): Promise<Upload> {
  const name = way.name ?? announcementId;
  const note = (upload: Upload): Upload => {
    noteUpload(announcementId, name, upload);
    return upload;
  };
  const halfway: Halfway = { ...begun, slot: begun.isSent ? begun.slot : stillValid(begun.slot) };
  const step = (done: Halfway) => {
    Object.assign(halfway, done);
    way.onStep?.({ ...halfway });
  };
  let end: Upload;
  try {
    note(halfway.isSent ? { phase: "processing" } : { phase: "sending", part: 0 });
    const slot = halfway.slot ?? (await api.requestPicture(announcementId, token, typeOf(photo)));
    step({ slot });
    if (!halfway.isSent) await send(slot, photo, (part) => note({ phase: "sending", part }));
    step({ isSent: true });
    note({ phase: "processing" });
    end = note(await settled(slot.id, token));
    await api.ownAnnouncement(announcementId, token).then(noteOwnAnnouncement, () => undefined);
  } catch (error) {
    const again = error instanceof Unreachable ? halfway : {};
    const sendAgain = way.retry ?? (() => uploadPhoto(announcementId, token, photo, again, way));
    const retry = isFinal(error, halfway) ? undefined : sendAgain;
    if (!(error instanceof Unreachable)) way.onStep?.({});
    end = note({ phase: "failed", message: messageOf(error), retry });
  }
  refresh(announcementId);
  return end;
}

/** Tell whether it was a clear no. That of a form may only say that its time is over: another one is asked for then. */
function isFinal(error: unknown, { slot, isSent }: Halfway): boolean {
  if (!(error instanceof Problem) || error.status >= 500 || [408, 429].includes(error.status)) return false;
  const isOfForm = slot !== undefined && !isSent;
  return !(isOfForm && error.status === 403);
}

/** The photo's type as far as the browser knows it; the server looks at the bytes in any case. */
const typeOf = (photo: Blob) => PICTURE_TYPES.find((type) => type === photo.type);

function stillValid(slot?: PictureSlot): PictureSlot | undefined {
  return slot && Date.parse(slot.expires_at) > Date.now() + LAST_MINUTE ? slot : undefined;
}

/** Post the form by XMLHttpRequest, the only way to learn how much has left. */
export function send(slot: PictureSlot, photo: Blob, onProgress: (part: number) => void): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(slot.upload.fields)) form.append(name, value);
  form.append("file", photo);
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  let stopping = setTimeout(stop, STALLED);
  return new Promise<void>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(stopping);
      stopping = setTimeout(stop, STALLED);
      onProgress(total ? loaded / total : 0);
    };
    request.onload = () => (request.status < 300 ? resolve() : reject(new Problem(request.status)));
    request.onerror = request.onabort = () => reject(new Unreachable());
    request.open("POST", slot.upload.url);
    request.send(form);
  }).finally(() => clearTimeout(stopping));
}

async function settled(pictureId: string, token: string): Promise<Upload> {
  const end = Date.now() + PATIENCE;
  for (let pause = FIRST_LOOK; Date.now() < end; pause = Math.min(pause * 1.4, SLOWEST_LOOK)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const picture = await api.picture(pictureId).catch(whenItMayPass);
    if (picture?.state === "ready") return { phase: "ready", similar: await similarTo(pictureId, token) };
    if (picture?.state === "refused") return { phase: "refused", reason: inOurWords(picture.reason ?? "") };
  }
  return { phase: "late" };
}

/** Who shows the same photo; the upload is no failure when this is not to be had. */
async function similarTo(pictureId: string, token: string): Promise<readonly Similar[]> {
  const own = await api.ownPicture(pictureId, token).catch(() => null);
  return own?.similar ?? [];
}

function whenItMayPass(error: unknown): undefined {
  if (error instanceof Problem && error.status < 500 && error.status !== 429) throw error;
}

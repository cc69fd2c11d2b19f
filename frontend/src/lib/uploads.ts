import { PICTURE_TYPES, type PictureSlot, type Similar } from "@/lib/announcements";
import { api } from "@/lib/api";
import { noteOwnAnnouncement } from "@/lib/own-changes";
import { messageOf, Problem, Unreachable } from "@/lib/problem";
import { refresh } from "@/lib/query-client";
import { Store, useStore } from "@/lib/store";

const FIRST_LOOK = 250; // milliseconds: a picture is usually ready within a second
const SLOWEST_LOOK = 2_000;
const PATIENCE = 150_000; // the server gives up on a picture within two minutes

/** How far the picture that is being added to an announcement has come. */
export type Upload =
  | { phase: "sending"; part: number }
  | { phase: "processing" }
  | { phase: "ready"; similar: readonly Similar[] }
  | { phase: "late" }
  | { phase: "refused"; reason: string }
  | { phase: "failed"; message: string; retry: () => Promise<void> };

const uploads = new Store<ReadonlyMap<string, Upload>>(new Map());

/** The upload of an announcement, which goes on while the person looks at other pages. */
export function useUpload(announcementId: string): Upload | undefined {
  return useStore(uploads).get(announcementId);
}

export const isBusy = (upload?: Upload): boolean =>
  upload?.phase === "sending" || upload?.phase === "processing";

function note(announcementId: string, upload: Upload): void {
  uploads.set(new Map(uploads.get()).set(announcementId, upload));
}

/** Send a photo straight to the bucket and follow it until it is ready or refused; it never throws. */
export async function uploadPhoto(
  announcementId: string,
  token: string,
  photo: Blob,
  slot?: PictureSlot,
): Promise<void> {
  let current = slot;
  try {
    note(announcementId, { phase: "sending", part: 0 });
    current ??= await api.requestPicture(announcementId, token, typeOf(photo));
    await send(current, photo, (part) => note(announcementId, { phase: "sending", part }));
    note(announcementId, { phase: "processing" });
    note(announcementId, await settled(current.id, token));
    noteOwnAnnouncement(await api.ownAnnouncement(announcementId, token));
  } catch (error) {
    const again = error instanceof Unreachable ? current : undefined;
    const retry = () => uploadPhoto(announcementId, token, photo, stillValid(again));
    note(announcementId, { phase: "failed", message: messageOf(error), retry });
  }
  refresh(announcementId);
}

/** The photo's type as far as the browser knows it; the server looks at the bytes in any case. */
const typeOf = (photo: Blob) => PICTURE_TYPES.find((type) => type === photo.type);

function stillValid(slot?: PictureSlot): PictureSlot | undefined {
  return slot && Date.parse(slot.expires_at) > Date.now() + 60_000 ? slot : undefined;
}

/** Post the form by XMLHttpRequest, the only way to learn how much has left. */
export function send(slot: PictureSlot, photo: Blob, onProgress: (part: number) => void): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(slot.upload.fields)) form.append(name, value);
  form.append("file", photo);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Problem(request.status)));
    request.onerror = () => reject(new Unreachable());
    request.open("POST", slot.upload.url);
    request.send(form);
  });
}

async function settled(pictureId: string, token: string): Promise<Upload> {
  const end = Date.now() + PATIENCE;
  for (let pause = FIRST_LOOK; Date.now() < end; pause = Math.min(pause * 1.4, SLOWEST_LOOK)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const picture = await api.picture(pictureId).catch(whenItMayPass);
    if (picture?.state === "ready") return { phase: "ready", similar: await similarTo(pictureId, token) };
    if (picture?.state === "refused") return { phase: "refused", reason: picture.reason ?? "" };
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

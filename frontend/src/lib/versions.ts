import type { OwnPicture, PictureSlot, Version } from "@/lib/announcements";
import { PICTURE_TYPES } from "@/lib/announcements";
import { answer, api, bearer, ofPicture } from "@/lib/api";
import { client } from "@/lib/http";
import { inOurWords } from "@/lib/refusals";
import { send } from "@/lib/uploads";

const LOOK = 500; // milliseconds
const PATIENCE = 300; // looks: the server gives up on a picture within two minutes

/** A new version that cannot be shown; the one before it stays. */
export class RefusedVersion extends Error {}

/** All versions of a picture, newest first. */
export async function versionsOf(pictureId: string, token: string): Promise<Version[]> {
  const { versions } = await answer(
    client.GET("/api/pictures/{picture_id}/versions", { ...ofPicture(pictureId), headers: bearer(token) }),
  );
  return versions;
}

/** Turn a picture clockwise by a quarter, and wait until it is shown so. */
export async function turnPicture(pictureId: string, token: string): Promise<void> {
  const { version } = await api.turn(pictureId, token);
  await shown(pictureId, token, version);
}

/** Make an earlier version the newest once more, and wait until it is shown. */
export async function restoreVersion(pictureId: string, version: string, token: string): Promise<void> {
  const restored = await answer(
    client.POST("/api/pictures/{picture_id}/versions/{version}/restore", {
      params: { path: { picture_id: pictureId, version } },
      headers: bearer(token),
    }),
  );
  await shown(pictureId, token, restored.version);
}

/** Send a photo in the place of a picture, which keeps its earlier versions, and wait until it is shown. */
export async function replacePicture(
  pictureId: string,
  token: string,
  photo: Blob,
  onProgress: (part: number) => void,
): Promise<void> {
  const slot: PictureSlot = await answer(
    client.POST("/api/pictures/{picture_id}/upload", {
      ...ofPicture(pictureId),
      body: { content_type: PICTURE_TYPES.find((type) => type === photo.type) },
      headers: bearer(token),
    }),
  );
  await send(slot, photo, onProgress);
  const [newest] = await versionsOf(pictureId, token);
  if (newest) await shown(pictureId, token, newest.version);
}

async function shown(pictureId: string, token: string, version: string): Promise<void> {
  for (let look = 0; look < PATIENCE; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    const picture = await api.ownPicture(pictureId, token);
    if (picture.version === version && picture.state === "ready") return;
    const refusal = refusalOf(picture);
    if (refusal) throw new RefusedVersion(inOurWords(refusal));
  }
}

const refusalOf = ({ newest_refusal, state, reason }: OwnPicture): string | null | undefined =>
  newest_refusal ?? (state === "refused" ? reason : null);

import { api } from "@/lib/api";

const LOOK = 500; // milliseconds
const PATIENCE = 60; // looks

/** Turn a picture clockwise by a quarter, and wait until it is shown so. */
export async function turnPicture(pictureId: string, token: string): Promise<void> {
  const { version } = await api.turn(pictureId, token);
  for (let look = 0; look < PATIENCE; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    if ((await api.picture(pictureId)).version === version) return;
  }
}

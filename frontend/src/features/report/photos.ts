import { deliveriesKept } from "@/lib/kept-deliveries";
import type { About } from "@/features/report/kept-reports";
import { changeReport, lookAtDevice, reportAbout, reports } from "@/features/report/report-store";
import { readCameraNotes } from "@/lib/exif";
import { forgetPhotos, forgetPhotosBut, keepPhoto, keptPhoto } from "@/lib/kept-photos";
import { preparePhoto } from "@/lib/photo";
import { randomKey } from "@/lib/random";

const preparing = new Map<string, Promise<Blob | null>>();

/** Take a photo into the report: kept at once, so that nothing is lost, and made ready to be sent meanwhile. */
export async function addPhoto(about: About, file: File): Promise<void> {
  const photo = { id: randomKey(), name: file.name, takenAt: null, place: null };
  changeReport(about, { photos: [...reportAbout(about).photos, photo] });
  await keep(photo.id, file);
  const notes = await readCameraNotes(file);
  const photos = reportAbout(about).photos.map((one) => (one.id === photo.id ? { ...one, ...notes } : one));
  changeReport(about, { photos });
}

/** Keep a photo and begin to prepare it. */
export async function keep(id: string, file: File): Promise<void> {
  const kept = keepPhoto(id, { blob: file, isPrepared: false });
  preparing.set(
    id,
    kept.then(() => prepare(id)),
  );
  await kept;
}

/** The photo as it will be sent; null when the browser has thrown it away. */
export function preparedPhoto(id: string): Promise<Blob | null> {
  const known = preparing.get(id) ?? prepare(id);
  preparing.set(id, known);
  return known;
}

async function prepare(id: string): Promise<Blob | null> {
  const photo = await keptPhoto(id);
  if (!photo || photo.isPrepared) return photo?.blob ?? null;
  const blob = await preparePhoto(photo.blob);
  if (preparing.has(id)) await keepPhoto(id, { blob, isPrepared: true }); // else it was removed meanwhile
  return blob;
}

export async function removePhoto(about: About, id: string): Promise<void> {
  changeReport(about, { photos: reportAbout(about).photos.filter((photo) => photo.id !== id) });
  await throwAway([id]);
}

/** Move a photo one place. */
export function movePhoto(about: About, id: string, by: -1 | 1): void {
  const photos = [...reportAbout(about).photos];
  const at = photos.findIndex((photo) => photo.id === id);
  photos.splice(at + by, 0, ...photos.splice(at, 1));
  changeReport(about, { photos });
}

export async function throwAway(ids: readonly string[]): Promise<void> {
  for (const id of ids) preparing.delete(id);
  await forgetPhotos(ids);
}

/** Remove from the device what neither a report nor a delivery needs. */
export function tidyUp(): Promise<void> {
  lookAtDevice();
  const written = [...reports.get().values()].flatMap(({ photos }) => photos.map(({ id }) => id));
  const underway = deliveriesKept().flatMap(({ photos }) => photos.map(({ id }) => id));
  return forgetPhotosBut([...written, ...underway]);
}

import { alone } from "@/features/report/alone";
import { forgetPhotos, keepPhoto, type KeptPhoto, keptPhoto } from "@/lib/kept-photos";
import { preparePhoto } from "@/lib/photo";
import { forget, store, stored } from "@/lib/storage";
import { DELIVERIES_KEY } from "@/lib/unsent";
import { type Halfway, noteUpload, type Upload, uploadPhoto } from "@/lib/uploads";

interface Parcel extends Halfway {
  id: string; // of a kept photo
}

/** An announcement whose photos are on their way. */
export interface Delivery {
  announcementId: string;
  token: string;
  photos: readonly Parcel[];
}

let memory: readonly Delivery[] = []; // where the browser keeps nothing

export function deliveries(): readonly Delivery[] {
  try {
    return (JSON.parse(stored(DELIVERIES_KEY) ?? "null") as Delivery[] | null) ?? memory;
  } catch {
    return memory;
  }
}

/** Take on the photos of an announcement; they are sent by `deliver`. */
export function takeOn(delivery: Delivery): void {
  const known = deliveries().find(({ announcementId }) => announcementId === delivery.announcementId);
  const photos = [...(known?.photos ?? []), ...delivery.photos];
  change({ ...delivery, photos });
}

/** Send every photo that is on its way. */
export async function deliverAll(): Promise<void> {
  for (const { announcementId } of deliveries()) await deliver(announcementId);
}

/** Send the photos of an announcement, one after the other as they are ordered; another tab may be doing so already.
 *
 * It stops where one fails, and goes on from there the next time.
 */
export function deliver(announcementId: string): Promise<unknown> {
  return alone(`photos ${announcementId}`, async () => {
    for (const { id } of photosOf(announcementId)) noteUpload(announcementId, id, { phase: "queued" });
    for (let next = first(announcementId); next; next = first(announcementId)) {
      const end = await deliverOne(next.delivery, next.parcel);
      if (end?.phase === "failed") return;
      await settle(next.delivery, next.parcel);
    }
  });
}

const photosOf = (announcementId: string): readonly Parcel[] =>
  deliveries().find((one) => one.announcementId === announcementId)?.photos ?? [];

function first(announcementId: string): { delivery: Delivery; parcel: Parcel } | null {
  const delivery = deliveries().find((one) => one.announcementId === announcementId);
  const parcel = delivery?.photos[0];
  return delivery && parcel ? { delivery, parcel } : null;
}

async function deliverOne(delivery: Delivery, parcel: Parcel): Promise<Upload | null> {
  const photo = await keptPhoto(parcel.id);
  if (!photo) return null; // the browser has thrown it away
  const blob = await prepared(parcel.id, photo);
  return uploadPhoto(delivery.announcementId, delivery.token, blob, parcel, {
    name: parcel.id,
    onStep: ({ slot, isSent }) => {
      const photos = current(delivery).photos.map((one) =>
        one.id === parcel.id ? { id: one.id, slot, isSent } : one,
      );
      change({ ...delivery, photos });
    },
    retry: () => deliver(delivery.announcementId),
  });
}

/** The photo as it is sent; prepared now if the page was left before it was. */
export async function prepared(id: string, photo: KeptPhoto): Promise<Blob> {
  if (photo.isPrepared) return photo.blob;
  const blob = await preparePhoto(photo.blob);
  await keepPhoto(id, { blob, isPrepared: true });
  return blob;
}

async function settle(delivery: Delivery, { id }: Parcel): Promise<void> {
  change({ ...delivery, photos: current(delivery).photos.filter((one) => one.id !== id) });
  await forgetPhotos([id]);
}

const current = (delivery: Delivery): Delivery =>
  deliveries().find(({ announcementId }) => announcementId === delivery.announcementId) ?? delivery;

function change(delivery: Delivery): void {
  const others = deliveries().filter(({ announcementId }) => announcementId !== delivery.announcementId);
  memory = delivery.photos.length ? [...others, delivery] : others;
  if (memory.length) store(DELIVERIES_KEY, JSON.stringify(memory));
  else forget(DELIVERIES_KEY);
}

import { forgetPhotos } from "@/lib/kept-photos";
import { forget, store, stored } from "@/lib/storage";
import { DELIVERIES_KEY } from "@/lib/unsent";
import type { Halfway } from "@/lib/uploads";

export interface Parcel extends Halfway {
  id: string; // of a kept photo
}

/** An announcement whose photos are on their way. */
export interface Delivery {
  announcementId: string;
  token: string;
  photos: readonly Parcel[];
}

let memory: readonly Delivery[] = []; // where the browser keeps nothing

export function deliveriesKept(): readonly Delivery[] {
  try {
    return (JSON.parse(stored(DELIVERIES_KEY) ?? "null") as Delivery[] | null) ?? memory;
  } catch {
    return memory;
  }
}

/** Keep a delivery as it is now; one without photos is done. */
export function changeDelivery(delivery: Delivery): void {
  const others = deliveriesKept().filter(({ announcementId }) => announcementId !== delivery.announcementId);
  const all = delivery.photos.length ? [...others, delivery] : others;
  memory = all.length === 0 || store(DELIVERIES_KEY, JSON.stringify(all)) ? [] : all;
  if (all.length === 0) forget(DELIVERIES_KEY);
}

/** Drop a delivery with its photos, as when its announcement was withdrawn. */
export async function dropDelivery(announcementId: string): Promise<void> {
  const dropped = deliveriesKept().find((one) => one.announcementId === announcementId);
  if (!dropped) return;
  changeDelivery({ ...dropped, photos: [] });
  await forgetPhotos(dropped.photos.map(({ id }) => id));
}

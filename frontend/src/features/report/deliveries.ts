import { alone } from "@/features/report/alone";
import { changeDelivery, type Delivery, deliveriesKept, type Parcel } from "@/lib/kept-deliveries";
import { preparedPhoto, throwAway } from "@/features/report/photos";
import { WORDS } from "@/features/report/words";
import { noteUpload, type Upload, uploadPhoto } from "@/lib/uploads";

/** Take on the photos of an announcement; they are sent by `deliver`. */
export function takeOn(delivery: Delivery): void {
  const known = deliveriesKept().find(({ announcementId }) => announcementId === delivery.announcementId);
  const photos = [...(known?.photos ?? []), ...delivery.photos];
  changeDelivery({ ...delivery, photos });
}

/** Send every photo that is on its way. */
export async function deliverAll(): Promise<void> {
  for (const { announcementId } of deliveriesKept()) await deliver(announcementId);
}

/** Send the photos of an announcement, one after the other as they are ordered; another tab may be doing so already.
 *
 * It stops where one fails that may arrive later, and goes on from there the next time.
 */
export function deliver(announcementId: string): Promise<unknown> {
  const running = underway.get(announcementId) ?? begin(announcementId);
  underway.set(announcementId, running);
  return running.finally(() => underway.delete(announcementId));
}

/** What this tab is delivering: asked again meanwhile, it does not begin anew. */
const underway = new Map<string, Promise<unknown>>();

function begin(announcementId: string): Promise<unknown> {
  return alone(`photos ${announcementId}`, async () => {
    for (const { id } of photosOf(announcementId)) noteUpload(announcementId, id, { phase: "queued" });
    for (let next = first(announcementId); next; next = first(announcementId)) {
      const end = await deliverOne(next.delivery, next.parcel);
      if (end.phase === "failed" && end.retry) return;
      await settle(next.delivery, next.parcel);
    }
  });
}

const photosOf = (announcementId: string): readonly Parcel[] =>
  deliveriesKept().find((one) => one.announcementId === announcementId)?.photos ?? [];

function first(announcementId: string): { delivery: Delivery; parcel: Parcel } | null {
  const delivery = deliveriesKept().find((one) => one.announcementId === announcementId);
  const parcel = delivery?.photos[0];
  return delivery && parcel ? { delivery, parcel } : null;
}

async function deliverOne(delivery: Delivery, parcel: Parcel): Promise<Upload> {
  const photo = await preparedPhoto(parcel.id);
  if (!photo) {
    const gone: Upload = { phase: "refused", reason: WORDS.photos.gone }; // the browser has thrown it away
    noteUpload(delivery.announcementId, parcel.id, gone);
    return gone;
  }
  return uploadPhoto(delivery.announcementId, delivery.token, photo, parcel, {
    name: parcel.id,
    onStep: ({ slot, isSent }) => {
      const photos = photosOf(delivery.announcementId).map((one) =>
        one.id === parcel.id ? { id: one.id, slot, isSent } : one,
      );
      changeDelivery({ ...delivery, photos });
    },
    retry: () => deliver(delivery.announcementId),
  });
}

async function settle(delivery: Delivery, { id }: Parcel): Promise<void> {
  const photos = photosOf(delivery.announcementId).filter((one) => one.id !== id);
  changeDelivery({ ...delivery, photos });
  await throwAway([id]);
}

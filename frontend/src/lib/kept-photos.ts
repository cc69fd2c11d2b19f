/** The photos of what is being written or sent, kept on the device until they have arrived.
 *
 * Where the browser keeps nothing (private windows of some), they live as long as the page does.
 */
const DATABASE = "homeward";
const PHOTOS = "photos";

export interface KeptPhoto {
  blob: Blob;
  isPrepared: boolean; // else it is the file as it was chosen
}

const atHand = new Map<string, KeptPhoto>();

export async function keepPhoto(id: string, photo: KeptPhoto): Promise<void> {
  atHand.set(id, photo);
  await onDevice("readwrite", (photos) => photos.put(photo, id));
}

export async function keptPhoto(id: string): Promise<KeptPhoto | null> {
  return atHand.get(id) ?? (await onDevice<KeptPhoto>("readonly", (photos) => photos.get(id))) ?? null;
}

export async function forgetPhotos(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    atHand.delete(id);
    await onDevice("readwrite", (photos) => photos.delete(id));
  }
}

/** Forget every photo that nothing needs any more: what a crash may have left behind. */
export async function forgetPhotosBut(needed: readonly string[]): Promise<void> {
  const keys = (await onDevice("readonly", (photos) => photos.getAllKeys())) ?? [];
  await forgetPhotos(keys.map(String).filter((id) => !needed.includes(id) && !atHand.has(id)));
}

/** Do one thing in the database; undefined where there is none, or where it fails. */
async function onDevice<Value>(
  mode: IDBTransactionMode,
  act: (photos: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value | undefined> {
  try {
    const database = await opened();
    const result = await answered(act(database.transaction(PHOTOS, mode).objectStore(PHOTOS)));
    database.close();
    return result;
  } catch {
    return undefined;
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(PHOTOS);
  return answered(request);
}

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The device keeps nothing."));
  });
}

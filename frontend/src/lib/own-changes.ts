import type { Announcement } from "@/lib/announcements";
import type { Pin } from "@/lib/pins";
import { Store } from "@/lib/store";

/** How long our own writes are laid over answers, which may be 15 s old and 60 s more while they are renewed. */
const LASTS = 90_000; // milliseconds

interface OwnChange {
  pin: Pin | null; // null: it has left the map
  until: number;
}

/** What this person just wrote, so that it is seen at once, whatever a cache or a late index says. */
export const ownChanges = new Store<ReadonlyMap<string, OwnChange>>(new Map());

export function noteOwnChange(id: string, pin: Pin | null, now = Date.now()): void {
  ownChanges.set(new Map(ownChanges.get()).set(id, { pin, until: now + LASTS }));
}

export function noteOwnAnnouncement(announcement: Announcement): void {
  const isOnMap = announcement.status === "active" || announcement.status === "reunited";
  noteOwnChange(announcement.id, isOnMap ? pinOfAnnouncement(announcement) : null);
}

function pinOfAnnouncement(announcement: Announcement): Pin {
  const { id, kind, species, title, status, event_at, public_place, pictures } = announcement;
  const cover = pictures.find((picture) => picture.state === "ready");
  return {
    id, kind, species, title, status,
    eventAt: event_at,
    latitude: public_place.latitude,
    longitude: public_place.longitude,
    thumbnail: cover?.renditions?.["160"] ?? null,
    colour: cover?.colour ?? null,
  }; // prettier-ignore
}

/** Lay our own changes over what was answered, newest first as the API orders it. */
export function withOwnChanges(
  pins: readonly Pin[],
  changes: ReadonlyMap<string, OwnChange>,
  isWanted: (pin: Pin) => boolean,
  now = Date.now(),
): Pin[] {
  const valid = [...changes].filter(([, change]) => change.until > now);
  const changed = new Set(valid.map(([id]) => id));
  const own = valid.flatMap(([, { pin }]) => (pin && isWanted(pin) ? [pin] : []));
  const kept = pins.filter((pin) => !changed.has(pin.id));
  return own.length ? [...own, ...kept].sort((a, b) => b.eventAt.localeCompare(a.eventAt)) : kept;
}

import type {
  OwnAnnouncement,
  AnnouncementChanges,
  Kind,
  AnnouncementBody,
  Species,
} from "@/lib/announcements";
import type { LatLon } from "@/lib/map-view";
import type { Blur } from "@/lib/public-place";
import { cleaned, linkOf, oneLine, phoneOf } from "@/lib/texts";
import { fromLocalInput, toLocalInput } from "@/lib/time";

/** What the fields of the forms hold, as they hold it. */
export interface Draft {
  species: Species | "";
  title: string;
  text: string;
  when: string; // of an input datetime-local
  place: LatLon | null;
  blur: Blur;
  link: string;
  name: string;
  email: string;
  phone: string;
  secretMark: string;
}

export type DraftField = keyof Draft;

export function emptyDraft(now = new Date()): Draft {
  const texts = { title: "", text: "", name: "", email: "", phone: "", secretMark: "", link: "" };
  return { species: "", when: toLocalInput(now), place: null, blur: "street", ...texts };
}

export function draftOf(announcement: OwnAnnouncement): Draft {
  const { species, title, text, event_at, place, contact, secret_mark, link } = announcement;
  return {
    species, title,
    text: text ?? "",
    when: toLocalInput(new Date(event_at)),
    place: place ? { latitude: place.latitude, longitude: place.longitude } : null,
    blur: announcement.public_place.blur,
    link: link ?? "",
    name: contact?.name ?? "",
    email: contact?.email ?? "",
    phone: contact?.phone ?? "",
    secretMark: secret_mark ?? "",
  }; // prettier-ignore
}

/** The body that announces a complete draft. */
export function bodyOf(kind: Kind, draft: Draft): AnnouncementBody {
  const { species, place } = draft;
  const event_at = fromLocalInput(draft.when);
  if (!species || !place || !event_at) throw new Error("The draft is not complete.");
  const texts = { title: oneLine(draft.title), text: cleaned(draft.text) };
  return {
    kind,
    species,
    ...texts,
    event_at,
    place: { ...place, blur: draft.blur },
    contact: contactOf(draft),
    secret_mark: orNull(cleaned(draft.secretMark)),
    link: linkOf(draft.link),
  };
}

/** Only what differs from the announcement as it was. */
export function changesOf(before: Draft, after: Draft, announcement: OwnAnnouncement): AnnouncementChanges {
  const whole = bodyOf(announcement.kind, after);
  const isSame = (field: DraftField) => JSON.stringify(before[field]) === JSON.stringify(after[field]);
  const has = (...fields: DraftField[]) => !fields.every(isSame);
  return {
    ...(has("species") && { species: whole.species }),
    ...(has("title") && { title: whole.title }),
    ...(has("text") && { text: whole.text }),
    ...(has("when") && { event_at: whole.event_at }),
    ...(has("place", "blur") && { place: whole.place }),
    ...(has("link") && { link: whole.link }),
    ...(has("name", "email", "phone") && { contact: whole.contact }),
    ...(has("secretMark") && { secret_mark: whole.secret_mark }),
  };
}

function contactOf({ name, email, phone }: Draft): AnnouncementBody["contact"] {
  const contact = {
    name: orNull(oneLine(name)),
    email: orNull(oneLine(email)),
    phone: orNull(phoneOf(phone)),
  };
  return Object.values(contact).some(Boolean) ? contact : null;
}

const orNull = (text: string): string | null => text || null;

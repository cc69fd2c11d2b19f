import type {
  OwnAnnouncement,
  AnnouncementChanges,
  Kind,
  AnnouncementBody,
  Species,
} from "@/lib/announcements";
import type { LatLon } from "@/lib/map-view";
import type { FieldError } from "@/lib/problem";
import { fromLocalInput, toLocalInput } from "@/lib/time";
import { DRAFT_ERRORS } from "@/lib/words";

export const MAX_TITLE = 120; // characters, as the API has it
export const MAX_TEXT = 4_000;

/** What the fields of the forms hold, as they hold it. */
export interface Draft {
  species: Species | "";
  title: string;
  text: string;
  when: string; // of an input datetime-local
  place: LatLon | null;
  name: string;
  email: string;
  phone: string;
  secretMark: string;
}

export type DraftField = keyof Draft;

const EMAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;

export function emptyDraft(now = new Date()): Draft {
  const texts = { title: "", text: "", name: "", email: "", phone: "", secretMark: "" };
  return { species: "", when: toLocalInput(now), place: null, ...texts };
}

export function draftOf(announcement: OwnAnnouncement): Draft {
  const { species, title, text, event_at, place, contact, secret_mark } = announcement;
  return {
    species, title,
    text: text ?? "",
    when: toLocalInput(new Date(event_at)),
    place: place ? { latitude: place.latitude, longitude: place.longitude } : null,
    name: contact?.name ?? "",
    email: contact?.email ?? "",
    phone: contact?.phone ?? "",
    secretMark: secret_mark ?? "",
  }; // prettier-ignore
}

/** What a person can mend before anything is sent; the fields are named as the API names them. */
export function errorsOf(draft: Draft): FieldError[] {
  return [
    ...(draft.species ? [] : [{ field: "species", message: DRAFT_ERRORS.species }]),
    ...(draft.title.trim() ? [] : [{ field: "title", message: DRAFT_ERRORS.title }]),
    ...(fromLocalInput(draft.when) ? [] : [{ field: "event_at", message: DRAFT_ERRORS.when }]),
    ...(draft.place ? [] : [{ field: "place", message: DRAFT_ERRORS.place }]),
    ...(looksLikeEmail(draft.email) ? [] : [{ field: "contact.email", message: DRAFT_ERRORS.email }]),
  ];
}

/** The body that announces a complete draft. */
export function bodyOf(kind: Kind, draft: Draft): AnnouncementBody {
  const { species, place } = draft;
  const event_at = fromLocalInput(draft.when);
  if (!species || !place || !event_at) throw new Error("The draft is not complete.");
  const texts = { title: draft.title.trim(), text: draft.text.trim() };
  return {
    kind,
    species,
    ...texts,
    event_at,
    place,
    contact: contactOf(draft),
    secret_mark: orNull(draft.secretMark),
  };
}

/** Only what differs from the announcement as it was. */
export function changesOf(before: Draft, after: Draft, announcement: OwnAnnouncement): AnnouncementChanges {
  const whole = bodyOf(announcement.kind, after);
  const has = (...fields: DraftField[]) => fields.some((field) => before[field] !== after[field]);
  return {
    ...(has("species") && { species: whole.species }),
    ...(has("title") && { title: whole.title }),
    ...(has("text") && { text: whole.text }),
    ...(has("when") && { event_at: whole.event_at }),
    ...(has("place") && { place: { ...whole.place, blur: announcement.public_place.blur } }),
    ...(has("name", "email", "phone") && { contact: whole.contact }),
    ...(has("secretMark") && { secret_mark: whole.secret_mark }),
  };
}

function contactOf({ name, email, phone }: Draft): AnnouncementBody["contact"] {
  const contact = { name: orNull(name), email: orNull(email), phone: orNull(phone) };
  return Object.values(contact).some(Boolean) ? contact : null;
}

const orNull = (text: string): string | null => text.trim() || null;
const looksLikeEmail = (text: string): boolean => !text.trim() || EMAIL.test(text.trim());

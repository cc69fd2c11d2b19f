import type { Draft } from "@/lib/draft";
import { WORDS } from "@/lib/draft-words";
import type { FieldError } from "@/lib/problem";
import { fromLocalInput } from "@/lib/time";

/** The API's limits, in characters as people count them, not in the units of a script's string. */
export const LONGEST = {
  title: 120,
  text: 4_000,
  name: 100,
  email: 254,
  phone: 40,
  secretMark: 500,
  link: 2_000,
} as const;

const EMAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;
const PHONE = /^[0-9+()/. -]*[0-9][0-9+()/. -]*$/;
const EARLIEST = Date.UTC(2000, 0); // as the API has it
const CLOCKS_DIFFER = 4 * 60_000; // milliseconds; the API is a little more patient

// What the API refuses in every text, and what comes along unseen when one copies from elsewhere.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g;
const HALF_CHARACTERS = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What the API calls the fields of a draft. */
export const FIELD_OF: Record<keyof Draft, string> = {
  species: "species",
  title: "title",
  text: "text",
  when: "event_at",
  place: "place",
  blur: "place",
  link: "link",
  name: "contact.name",
  email: "contact.email",
  phone: "contact.phone",
  secretMark: "secret_mark",
};

export const lengthOf = (text: string): number => [...text].length;

/** A text as it is sent: without what nobody sees. */
export const cleaned = (text: string): string => text.replace(UNSEEN, "").replace(HALF_CHARACTERS, "").trim();

/** One line, whatever was pasted. */
export const oneLine = (text: string): string => cleaned(text.replace(/\s+/g, " "));

export const phoneOf = (text: string): string =>
  oneLine(text)
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

/** The address as it is sent, "example.org" with https:// before it; null for what is none. */
export function linkOf(text: string): string | null {
  const typed = oneLine(text);
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`);
    const isWeb = ["http:", "https:"].includes(url.protocol) && url.hostname.includes(".");
    return isWeb ? url.href : null;
  } catch {
    return null;
  }
}

export const looksLikeEmail = (text: string): boolean => !text.trim() || EMAIL.test(text.trim());

/** What is wrong with what was filled in; what is missing is another matter. */
export function wrongIn(draft: Draft, now = Date.now()): FieldError[] {
  const moment = Date.parse(fromLocalInput(draft.when) ?? "");
  const phone = phoneOf(draft.phone);
  return [
    ...tooLong(draft),
    ...(moment > now + CLOCKS_DIFFER ? [{ field: "event_at", message: WORDS.future }] : []),
    ...(moment < EARLIEST ? [{ field: "event_at", message: WORDS.longAgo }] : []),
    ...(phone && !PHONE.test(phone) ? [{ field: "contact.phone", message: WORDS.phone }] : []),
    ...(draft.link.trim() && !linkOf(draft.link) ? [{ field: "link", message: WORDS.link }] : []),
  ];
}

function tooLong(draft: Draft): FieldError[] {
  const names = Object.keys(LONGEST) as (keyof typeof LONGEST)[];
  return names.flatMap((name) => {
    const length = lengthOf(cleaned(draft[name]));
    const message = WORDS.tooLong(length, LONGEST[name]);
    return length > LONGEST[name] ? [{ field: FIELD_OF[name], message }] : [];
  });
}

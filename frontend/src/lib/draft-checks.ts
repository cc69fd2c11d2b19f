import type { Draft } from "@/lib/draft";
import { WORDS } from "@/lib/draft-words";
import type { FieldError } from "@/lib/problem";
import { cleaned, lengthOf, linkOf, looksLikeEmail, oneLine, phoneOf } from "@/lib/texts";
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

const PHONE = /^[0-9+()/. -]*[0-9][0-9+()/. -]*$/;
const MEMORY = 731 * 24 * 3_600_000; // milliseconds: guests report the last two years, as the API has it
const CLOCKS_DIFFER = 4 * 60_000; // milliseconds; the API is a little more patient

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

/** The fields, as the API names them, that changes of a draft are about. */
export const fieldsOf = (changes: Partial<Draft>): string[] =>
  (Object.keys(changes) as (keyof Draft)[]).map((name) => FIELD_OF[name]);

/** What a person can mend before anything is sent; the fields are named as the API names them.
 *
 * `known` is the moment, in ISO 8601, that an announcement has already: it may be longer ago than a new one's.
 */
export function errorsOf(draft: Draft, known?: string): FieldError[] {
  return [
    ...(draft.species ? [] : [{ field: "species", message: WORDS.species }]),
    ...(oneLine(draft.title) ? [] : [{ field: "title", message: WORDS.title }]),
    ...(fromLocalInput(draft.when) ? [] : [{ field: "event_at", message: WORDS.when }]),
    ...(draft.place ? [] : [{ field: "place", message: WORDS.place }]),
    ...(looksLikeEmail(draft.email) ? [] : [{ field: "contact.email", message: WORDS.email }]),
    ...wrongIn(draft, known),
  ];
}

/** What is wrong with what was filled in; what is missing is another matter. */
export function wrongIn(draft: Draft, known?: string, now = Date.now()): FieldError[] {
  const earliest = Math.min(now - MEMORY, known === undefined ? now : Date.parse(known));
  const moment = Date.parse(fromLocalInput(draft.when) ?? "");
  const phone = phoneOf(draft.phone);
  return [
    ...tooLong(draft),
    ...(moment > now + CLOCKS_DIFFER ? [{ field: "event_at", message: WORDS.future }] : []),
    ...(moment < earliest ? [{ field: "event_at", message: WORDS.longAgo }] : []),
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

import { TITLES } from "@/features/report/title-words";
import type { Kind } from "@/lib/announcements";
import type { Draft } from "@/lib/draft";
import { errorsOf } from "@/lib/draft-checks";
import { oneLine } from "@/lib/texts";
import type { FieldError } from "@/lib/problem";

export const STEPS = [1, 2, 3] as const;
export type Step = (typeof STEPS)[number];

/** Which fields, in the API's words, each step shows. */
const FIELDS: Record<Step, readonly string[]> = {
  1: ["kind", "pictures"],
  2: ["species", "title", "event_at", "text", "link"],
  3: ["place", "contact", "secret_mark"],
};

export const stepIn = (search: URLSearchParams): Step =>
  STEPS.find((step) => String(step) === search.get("step")) ?? 1;

/** The errors that a step shows at its fields. */
export const errorsAt = (step: Step, errors: readonly FieldError[]): FieldError[] =>
  errors.filter(({ field }) => FIELDS[step].some((own) => field === own || field.startsWith(`${own}.`)));

/** The first step that has something to mend; the last one shows what belongs to none. */
export const stepToMend = (errors: readonly FieldError[]): Step =>
  STEPS.find((step) => errorsAt(step, errors).length > 0) ?? 3;

/** A draft with the title that is used when none was written: nobody in a hurry has to think of one. */
export function withTitle(kind: Kind, draft: Draft): Draft {
  if (oneLine(draft.title) || !draft.species) return draft;
  return { ...draft, title: TITLES[kind][draft.species] };
}

/** What is missing or wrong in a report; a title is not missed. */
export const mistakesIn = (kind: Kind, draft: Draft): FieldError[] =>
  errorsOf(withTitle(kind, draft)).filter(({ field }) => field !== "title" || Boolean(draft.species));

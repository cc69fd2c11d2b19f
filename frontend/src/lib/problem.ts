import { inOurWords } from "@/lib/refusals";
import { COMMON } from "@/lib/words";

export interface FieldError {
  field: string;
  message: string;
}

/** An answer of the API that is not a success: problem+json of RFC 9457. */
export class Problem extends Error {
  readonly errors: readonly FieldError[];

  constructor(
    readonly status: number,
    readonly members: Readonly<Record<string, unknown>> = {},
    /** How many seconds the answer asks to wait before the next try. */
    readonly retryAfter: number | null = null,
  ) {
    super(textOf(status, members));
    this.name = "Problem";
    const errors = Array.isArray(members.errors) ? (members.errors as FieldError[]) : [];
    this.errors = errors.map(({ field, message }) => ({ field, message: inOurWords(message) }));
  }
}

/** No answer came at all: no network, or nobody at the other end. */
export class Unreachable extends Error {
  constructor() {
    super(COMMON.unreachable);
    this.name = "Unreachable";
  }
}

function textOf(status: number, members: Readonly<Record<string, unknown>>): string {
  if (status === 429) return COMMON.tooMany;
  if (status === 503) return COMMON.busy;
  if (status >= 500) return COMMON.unexpected;
  const text = members.detail ?? members.title;
  return typeof text === "string" && text ? inOurWords(text) : COMMON.unexpected;
}

/** What an answer has against single fields. */
export const errorsIn = (reason: unknown): readonly FieldError[] =>
  reason instanceof Problem ? reason.errors : [];

/** Tell whether the field that nobody sees was filled in, as some browsers do by themselves. */
export const isTrapped = (reason: unknown): boolean =>
  errorsIn(reason).some(({ field }) => field === "website");

/** The errors that are left once these fields were changed. */
export const without = (errors: readonly FieldError[], changed: readonly string[]): FieldError[] =>
  errors.filter((error) => !changed.some((field) => belongsTo(error, field)));

/** The message for a field of a form; `place` also stands for `place.latitude`. */
export function messageFor(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => belongsTo(error, field))?.message;
}

/** The errors that no field of the form shows, to be shown above it. */
export function remaining(errors: readonly FieldError[], fields: readonly string[]): FieldError[] {
  return errors.filter((error) => !fields.some((field) => belongsTo(error, field)));
}

function belongsTo(error: FieldError, field: string): boolean {
  return error.field === field || error.field.startsWith(`${field}.`);
}

export function messageOf(error: unknown): string {
  return error instanceof Problem || error instanceof Unreachable ? error.message : COMMON.unexpected;
}

/** How many milliseconds an answer asks to wait before the next try, if it does. */
export function waitOf(error: unknown): number | null {
  return error instanceof Problem && error.retryAfter ? error.retryAfter * 1_000 : null;
}

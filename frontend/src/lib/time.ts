import { locale } from "@/lib/language";
import { COMMON } from "@/lib/words";
import { lazily } from "@/lib/lazily";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RELATIVE = lazily(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
const DATE = lazily(() => new Intl.DateTimeFormat(locale, { dateStyle: "long" }));
const DATE_AND_TIME = lazily(
  () => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }),
);

/** "5 minutes ago" up to a week, then the date. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const past = -seconds;
  if (past < MINUTE) return COMMON.justNow;
  if (past < HOUR) return RELATIVE().format(-Math.floor(past / MINUTE), "minute");
  if (past < DAY) return RELATIVE().format(-Math.floor(past / HOUR), "hour");
  if (past < 7 * DAY) return RELATIVE().format(-Math.floor(past / DAY), "day");
  return DATE().format(Date.parse(iso));
}

/** "in 5 minutes", "in 2 hours" */
export function inWhile(seconds: number): string {
  if (seconds < MINUTE) return RELATIVE().format(Math.ceil(seconds), "second");
  if (seconds < 2 * HOUR) return RELATIVE().format(Math.ceil(seconds / MINUTE), "minute");
  return RELATIVE().format(Math.ceil(seconds / HOUR), "hour");
}

export const dateOf = (iso: string): string => DATE().format(Date.parse(iso));
export const momentOf = (iso: string): string => DATE_AND_TIME().format(Date.parse(iso));

/** The value of an input of type datetime-local, to the minute, in the person's own time zone. */
export function toLocalInput(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE * 1000);
  return shifted.toISOString().slice(0, 16);
}

/** The moment that such an input names, in UTC; null while it names none. */
export function fromLocalInput(value: string): string | null {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d+Z$/, "Z");
}

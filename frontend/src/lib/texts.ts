// What the API refuses in every text, and what comes along unseen when one copies from elsewhere.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g;
const HALF_CHARACTERS = /\p{Cs}/gu; // without the other half; what has both is another character
const EMAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;

/** In characters as people count them, not in the units of a script's string. */
export const lengthOf = (text: string): number => [...text].length;

/** A text as it is sent: without what nobody sees. */
export const cleaned = (text: string): string => text.replace(UNSEEN, "").replace(HALF_CHARACTERS, "").trim();

/** One line, whatever was pasted. */
export const oneLine = (text: string): string => cleaned(text.replace(/\s+/g, " "));

/** A telephone number as it is sent, whatever dashes and marks it was copied with. */
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

/** Tell whether it may be an address; nothing may be one. */
export const looksLikeEmail = (text: string): boolean => !text.trim() || EMAIL.test(text.trim());

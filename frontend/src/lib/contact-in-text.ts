const EMAIL = /[^\s@<>()[\]]{1,64}(@|\s?[[(](at|małpa|malpa)[\])]\s?)[^\s@<>()[\]]{1,250}\.[a-z]{2,}/i; // lengths with an end: no text takes long

/** What has as many digits as a phone number and is none: dates, times, periods of years, coordinates. */
const OTHER_NUMBERS = [
  /\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b/g,
  /\b\d{1,2}[-./]\s?\d{1,2}[-./]\s?\d{2,4}\b/g,
  /\b\d{1,2}:\d{2}(:\d{2})?\b/g,
  /\b(19|20)\d{2}\s?[-–/]\s?(19|20)\d{2}\b/g,
  /-?\b\d{1,3}\.\d{4,}\b/g,
];
const NUMBER = /\+?\(?\d[\d\s().\u2010-\u2013/-]*\d/g;
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 14; // a microchip has 15, and belongs into many a text

/** Whether a text names an e-mail address or a phone number: then scammers need nobody to reach whoever wrote it. */
export function holdsContact(text: string): boolean {
  return EMAIL.test(text) || holdsPhone(text);
}

function holdsPhone(text: string): boolean {
  const rest = OTHER_NUMBERS.reduce((left, other) => left.replace(other, " · "), text);
  return (rest.match(NUMBER) ?? []).some((number) => {
    const digits = number.replace(/\D/g, "").length;
    return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
  });
}

const WHOLE_EMAIL = /^[^\s@<>()[\]"',;:?&#%]+@[^\s@<>()[\]"',;:?&#%/]+\.[^\s@<>()[\]"',;:?&#%/.]+$/;
const WHOLE_PHONE = /^\+?[\d\s().\u2010-\u2013/-]{6,30}$/;

/** The link that answers somebody by the way they gave; null unless that is an e-mail address or a phone number. */
export function answerLink(way: string, subject = ""): string | null {
  const text = way.trim();
  if (WHOLE_EMAIL.test(text)) {
    return `mailto:${text}${subject && `?subject=${encodeURIComponent(subject)}`}`;
  }
  const digits = text.replace(/\D/g, "");
  const isPhone = WHOLE_PHONE.test(text) && digits.length >= 6 && digits.length <= 15;
  return isPhone ? `tel:${text.startsWith("+") ? "+" : ""}${digits}` : null;
}

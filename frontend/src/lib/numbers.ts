import { inLanguage, locale } from "@/lib/language";
import { lazily } from "@/lib/lazily";

const WHOLE = lazily(() => new Intl.NumberFormat(locale));
const ONE_DECIMAL = lazily(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
const SHORT = inLanguage({
  en: { thousand: "k", million: "M" },
  pl: { thousand: "\u00a0tys.", million: "\u00a0mln" },
});

/** "12,345" */
export const grouped = (count: number): string => WHOLE().format(count);

/** "999", "1.2k", "12k", "3.4M": cut and not rounded, so that it never says more than there is. */
export function compact(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 1_000_000) return shortened(count / 1_000) + SHORT.thousand;
  return shortened(count / 1_000_000) + SHORT.million;
}

const shortened = (value: number): string =>
  ONE_DECIMAL().format(value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value));

const WHOLE = new Intl.NumberFormat("en-GB");

/** "12,345" */
export const grouped = (count: number): string => WHOLE.format(count);

/** "999", "1.2k", "12k", "3.4M": cut and not rounded, so that it never says more than there is. */
export function compact(count: number): string {
  if (count < 1_000) return String(count);
  return count < 1_000_000 ? `${shortened(count / 1_000)}k` : `${shortened(count / 1_000_000)}M`;
}

const shortened = (value: number): number => (value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value));

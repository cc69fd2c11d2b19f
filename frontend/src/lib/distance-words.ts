import { inLanguage } from "@/lib/language";

const NEAREST = 200; // metres: public places tell no more
const KILOMETRE = 950; // metres: from here on they are rounded to kilometres

/** How far apart two public places are, as roughly as they are known. */
const EN = {
  away: (metres: number) =>
    metres < NEAREST
      ? "right here"
      : metres < KILOMETRE
        ? `${Math.round(metres / 100) * 100} m away`
        : `${Math.round(metres / 1000)} km away`,
};
const PL: typeof EN = {
  away: (metres) =>
    metres < NEAREST
      ? "tuż obok"
      : metres < KILOMETRE
        ? `${Math.round(metres / 100) * 100} m stąd`
        : `${Math.round(metres / 1000)} km stąd`,
};

export const { away } = inLanguage({ en: EN, pl: PL });

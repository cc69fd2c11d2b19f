import { inLanguage } from "@/lib/language";

/** What the small shared controls say. */
const EN = {
  copy: {
    copy: "Copy",
    copied: "Copied",
    label: (what: string) => `Copy: ${what}`,
  },
};

const PL: typeof EN = {
  copy: {
    copy: "Kopiuj",
    copied: "Skopiowano",
    label: (what) => `Kopiuj: ${what}`,
  },
};

export const WORDS = inLanguage({ en: EN, pl: PL });

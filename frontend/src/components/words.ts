import { inLanguage } from "@/lib/language";

/** What the small shared controls say. */
const EN = {
  copy: {
    copy: "Copy",
    copied: "Copied",
    label: (what: string) => `Copy: ${what}`,
  },
  share: {
    share: "Share",
    copy: "Copy the link",
    copied: "The link is copied.",
    notCopied: (link: string) => `It could not be copied. This is the link: ${link}`,
  },
};

const PL: typeof EN = {
  copy: {
    copy: "Kopiuj",
    copied: "Skopiowano",
    label: (what) => `Kopiuj: ${what}`,
  },
  share: {
    share: "Udostępnij",
    copy: "Kopiuj link",
    copied: "Link skopiowany.",
    notCopied: (link) => `Nie udało się skopiować. Oto link: ${link}`,
  },
};

export const WORDS = inLanguage({ en: EN, pl: PL });

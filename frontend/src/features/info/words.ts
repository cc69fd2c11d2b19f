import { EN } from "@/features/info/words-en";
import { PL } from "@/features/info/words-pl";
import { inLanguage } from "@/lib/language";

export const WORDS = inLanguage({ en: EN, pl: PL });

import { store, stored } from "@/lib/storage";
import { lazily } from "@/lib/lazily";

/** The languages of the page, each by its own name. */
export const LANGUAGES = { en: "English", pl: "Polski" } as const;
export type Language = keyof typeof LANGUAGES;

const LOCALES: Record<Language, string> = { en: "en-GB", pl: "pl-PL" };
const KEY = "language";

/** The page's language: what was chosen here, else the first of the browser's that we know; it changes by a reload. */
export const language: Language = known(stored(KEY)) ?? preferred(navigator.languages);

/** The language with its region, for dates and numbers. */
export const locale = LOCALES[language];

const PLURALS = lazily(() => new Intl.PluralRules(locale));

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The words of the page's language. */
export function inLanguage<Words>(words: Record<Language, Words>): Words {
  return words[language];
}

/** The form of a word that goes with a number: "1 dog", "2 dogs"; "1 pies", "2 psy", "5 psów". */
export function plural(count: number, forms: Forms): string {
  return forms[PLURALS().select(count)] ?? forms.other;
}

/** Show the whole page in another language; what is being written is kept by its draft. */
export function speak(next: Language): void {
  store(KEY, next);
  location.reload();
}

function preferred(tags: readonly string[]): Language {
  return tags.map((tag) => known(tag.slice(0, 2).toLowerCase())).find(Boolean) ?? "en";
}

function known(code: string | null): Language | undefined {
  return code !== null && Object.hasOwn(LANGUAGES, code) ? (code as Language) : undefined;
}

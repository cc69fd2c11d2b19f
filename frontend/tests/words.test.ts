import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { textsInViews, unusedWords } from "./used-words";

const SOURCES = join(import.meta.dirname, "..", "src");

/** Names, and words that both languages have. */
const SAME_IN_BOTH = new Set(["E-mail", "Link"]);

/** What people are told, by the names of its parts; functions are called with examples. */
type Told = Map<string, string>;

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).sort();
const wordFiles = files.filter((file) => /(^|\/)([a-z]+-)?(words|refusals)\.ts$/.test(file));

interface Pair {
  en: unknown;
  pl: unknown;
}

/** What a module gives to inLanguage. */
async function wordsOf(file: string): Promise<Pair[]> {
  const pairs: Pair[] = [];
  vi.resetModules();
  vi.doMock("@/lib/language", async (original) => ({
    ...(await original<typeof import("@/lib/language")>()),
    inLanguage: (words: Pair) => {
      pairs.push(words);
      return words.en;
    },
  }));
  await import(/* @vite-ignore */ `../src/${file}`);
  vi.doUnmock("@/lib/language");
  return pairs;
}

const EXAMPLES = [3, 3, 3, 3];

function told(words: unknown, name = "", found: Told = new Map()): Told {
  if (typeof words === "string") found.set(name, words);
  else if (typeof words === "function") found.set(name, called(words as (...parts: unknown[]) => string));
  else if (words && typeof words === "object" && !isForms(words))
    for (const [key, value] of Object.entries(words)) told(value, name ? `${name}.${key}` : key, found);
  return found;
}

/** The forms of a word by number differ in their names from language to language. */
const isForms = (words: object): boolean =>
  "other" in words && Object.keys(words).every((key) => FORMS.has(key));
const FORMS = new Set(["zero", "one", "two", "few", "many", "other"]);

function called(words: (...parts: unknown[]) => string): string {
  try {
    return String(words(...EXAMPLES));
  } catch {
    return String(words(...EXAMPLES.map(String)));
  }
}

const translated = (text: string) => /\p{L}{2}/u.test(text.replace(/Homeward|GeoNames|Natural Earth/g, ""));

it("looks at every file of words", () => {
  expect(wordFiles.length).toBeGreaterThan(6);
});

it.each(wordFiles)(
  "%s has every message in both languages, none empty, none left in English",
  async (file) => {
    const pairs = await wordsOf(file);
    expect(pairs).not.toEqual([]);
    for (const { en, pl } of pairs) {
      const [english, polish] = [told(en), told(pl)];
      expect([...polish.keys()].sort()).toEqual([...english.keys()].sort());
      for (const [name, text] of english) {
        expect(text, `${name} in English`).not.toBe("");
        expect(polish.get(name), `${name} in Polish`).not.toBe("");
        if (translated(text) && !SAME_IN_BOTH.has(text)) expect(polish.get(name), name).not.toBe(text);
      }
    }
  },
);

it("has no message that nothing shows", { timeout: 60_000 }, () => {
  // those of refusals.ts are found by what the API says
  const isWordsFile = (name: string) => /\/([a-z]+-)?(words|words-en)\.ts$/.test(name);
  expect(unusedWords(isWordsFile)).toEqual([]);
});

it("has no text in the code of its views", { timeout: 60_000 }, () => {
  expect(textsInViews()).toEqual([]);
});

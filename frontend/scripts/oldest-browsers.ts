import type { Plugin } from "vite";

/** The oldest browsers that the page is made for: docs/decisions/0018. */
export const OLDEST_BROWSERS = ["safari15.6", "ios15.6", "chrome95", "firefox115"];

/** What one of them lacks and no build replaces; what is asked for before it is used need not stand here. */
const TOO_NEW: Readonly<Record<string, RegExp>> = {
  "a lookbehind (Safari 16.4)": /\(\?<[=!]/,
  "a group with flags of its own (Safari 26)": /\(\?[ims]*-?[ims]+:/,
  "the flag v of a regular expression (Safari 17)": /\/[dgimsuy]*v[dgimsuy]*(?=[,;.)\]])/,
  "findLast (Chrome 97)": /\.findLast(Index)?\(/,
  "a sorted, reversed or changed copy (Safari 16)": /\.(toSorted|toReversed|toSpliced|with)\(/,
  "grouping (Safari 17.4)": /\b(Object|Map)\.groupBy\(/,
  "sets that are compared (Safari 17)":
    /\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  "a new way to a Promise (Safari 17.4)": /\bPromise\.(withResolvers|try)\b/,
  "an iterator's own methods (Safari 18.4)":
    /\.(values|keys|entries)\(\)\.(map|filter|flatMap|take|drop|reduce|toArray|some|every|find)\(/,
  "Array.fromAsync (Safari 16.4)": /\bArray\.fromAsync\b/,
  "well-formed strings (Safari 16.4)": /\.(is|to)WellFormed\(/,
  "a signal that ends by itself (Safari 16)": /\bAbortSignal\.(timeout|any)\b/,
  "structuredClone (Chrome 98)": /\bstructuredClone\(/,
  "URL.canParse (Safari 17)": /\bURL\.(canParse|parse)\(/,
};

/** The names of what is too new in a script; it looks at the text, so that none hides in a string. */
export const tooNewIn = (code: string): string[] =>
  Object.entries(TOO_NEW).flatMap(([name, pattern]) => (pattern.test(code) ? [name] : []));

/** Refuses a build of which the oldest browsers would not run a part, ours or that of a dependency. */
export function oldestBrowsers(): Plugin {
  return {
    name: "oldest-browsers",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        const found = chunk.type === "chunk" ? tooNewIn(chunk.code) : [];
        if (found.length) this.error(`${chunk.fileName} has what is too new: ${found.join(", ")}.`);
      }
    },
  };
}

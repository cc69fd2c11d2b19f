import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tooNewIn } from "../scripts/oldest-browsers";

const SOURCES = join(import.meta.dirname, "..", "src");
const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) =>
  /\.(ts|tsx|js)$/.test(file),
);

it.each([
  ["/(?<!a)b/g", "a lookbehind (Safari 16.4)"],
  ['new RegExp("(?<=a)b")', "a lookbehind (Safari 16.4)"],
  ["x=/[\\p{L}--a]/v.test(y)", "the flag v of a regular expression (Safari 17)"],
  ["starts.findLastIndex(f)", "findLast (Chrome 97)"],
  ["found.values().map(f)", "an iterator's own methods (Safari 18.4)"],
  ["AbortSignal.timeout(9)", "a signal that ends by itself (Safari 16)"],
])("finds what the oldest browsers lack: %s", (code, name) => expect(tooNewIn(code)).toEqual([name]));

it.each([
  "/(?<name>a)/g",
  "/(?:a)(?!b)(?=c)/iu",
  '"/a/v1"',
  "find(f)",
  "Object.values(found).map(f)",
  "with(x)",
  "at(-1)",
])("lets pass what they have: %s", (code) => expect(tooNewIn(code)).toEqual([]));

it.each(files)("has nothing that the oldest browsers lack: %s", (file) =>
  expect(tooNewIn(readFileSync(join(SOURCES, file), "utf8"))).toEqual([]),
);

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "..", "src");
const styles = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".css"))
  .map((name) => ({ name, lines: readFileSync(join(SOURCES, name), "utf8").split("\n") }));

/** What Chrome 95, Safari 15.6 or Firefox 115 lack, and what cannot be put into words that they know. */
const TOO_NEW =
  /:has\(|color-mix\(|light-dark\(|oklch\(|@container|@scope|@starting-style|field-sizing|@media[^{]*\(width\b/;

it("looks at every style sheet", () => {
  expect(styles.length).toBeGreaterThan(8);
});

it.each(styles)("$name asks for nothing that the oldest browsers we serve lack", ({ lines }) => {
  expect(lines.filter((line) => TOO_NEW.test(line))).toEqual([]);
});

it.each(styles)("$name says in vh first what it says in dvh", ({ lines }) => {
  const alone = lines.filter((line, index) => {
    const [rule] = line.split("/*");
    return /\d[dsl]vh/.test(rule ?? "") && lines[index - 1] !== rule?.replace(/dvh/g, "vh").trimEnd();
  });
  expect(alone).toEqual([]);
});

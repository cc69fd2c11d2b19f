import { readFileSync } from "node:fs";
import { join } from "node:path";
import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", "..", file), "utf8");
const html = new DOMParser().parseFromString(read("index.html"), "text/html");
const FIRST_SCRIPT = read("src/page.js");

/** What index.html says in one language, by the address it leads to. */
const linksIn = (language: string) =>
  [...html.querySelectorAll(".header__reports a")].map((link) => [
    link.getAttribute("href"),
    link.querySelector(`[lang="${language}"]`)?.textContent,
  ]);

/** Run the first script in a page at an address, with what becomes of the entry. */
function begin(path: string, languages: string[], entry = () => Promise.resolve()): DOMStringMap {
  history.replaceState(null, "", path);
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
  document.documentElement.dataset.page = "map";
  new Function("entry", FIRST_SCRIPT.replace("import(ENTRY)", "entry()"))(entry);
  return document.documentElement.dataset;
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  document.head.querySelectorAll("link").forEach((link) => link.remove());
  document.body.replaceChildren();
});

it.each(["en", "pl"])("offers the reports in the words of the page (%s)", async (language) => {
  localStorage.setItem("language", language);
  vi.resetModules();
  const { REPORT_NAMES } = await import("@/lib/words");
  const expected = Object.entries(REPORT_NAMES).map(([kind, name]) => [`/report?kind=${kind}`, name]);
  expect(linksIn(language)).toEqual(expected);
});

it.each([
  { stored: null, languages: ["de-DE", "pl-PL", "en"] },
  { stored: null, languages: ["en-GB", "pl"] },
  { stored: null, languages: ["de"] },
  { stored: null, languages: [] },
  { stored: "pl", languages: ["en"] },
  { stored: "xx", languages: ["pl"] },
])("chooses the language that the page will choose: %o", async ({ stored, languages }) => {
  if (stored) localStorage.setItem("language", stored);
  begin("/", languages);
  vi.resetModules();
  const { language } = await import("@/lib/language");
  expect(document.documentElement.lang).toBe(language);
});

it("keeps the words of the map from other pages", () => {
  expect(begin("/", ["en"]).page).toBe("map");
  expect(begin("/report", ["en"]).page).toBe("other");
});

it("says in both languages that the page cannot start, where the browser refuses the entry", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const refused = new SyntaxError("Invalid regular expression");
  begin("/report", ["de"], () => Promise.reject(refused));
  const said = await screen.findByRole("alert");
  expect([...said.children].map((line) => line.getAttribute("lang"))).toEqual(["en", "pl"]);
  expect(said).toHaveTextContent("This page could not start.");
  expect(told).toHaveBeenCalledWith(refused);
});

import { beforeEach, expect, it, vi } from "vitest";

/** A module as it is for people of a language: all words are chosen when it is loaded. */
async function inPolish<Module>(load: () => Promise<Module>): Promise<Module> {
  localStorage.setItem("language", "pl");
  vi.resetModules();
  return load();
}

/** Polish numbers are held together by spaces that do not break. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

beforeEach(() => vi.resetModules());

it("speaks the language that was chosen before the browser's", async () => {
  const { language, locale } = await inPolish(() => import("@/lib/language"));
  expect([language, locale]).toEqual(["pl", "pl-PL"]);
});

it("speaks the first of the browser's languages that it knows, else English", async () => {
  vi.stubGlobal("navigator", { languages: ["de-DE", "pl", "en"] });
  expect((await import("@/lib/language")).language).toBe("pl");
  vi.resetModules();
  vi.stubGlobal("navigator", { languages: ["fi"] });
  expect((await import("@/lib/language")).language).toBe("en");
});

it("counts announcements and kinds with the right Polish forms", async () => {
  const { announcements, countsByKind } = await inPolish(() => import("@/lib/words"));
  expect([1, 2, 5, 12, 22, 112, 12_345].map(announcements).map(plain)).toEqual([
    "1 ogłoszenie",
    "2 ogłoszenia",
    "5 ogłoszeń",
    "12 ogłoszeń",
    "22 ogłoszenia",
    "112 ogłoszeń",
    "12 345 ogłoszeń",
  ]);
  expect(countsByKind({ lost: 1, found: 3, sighting: 5 })).toBe("1 zaginione, 3 znalezione, 5 widzianych");
});

it("counts characters with the right Polish forms", async () => {
  const { WORDS } = await inPolish(() => import("@/lib/draft-words"));
  const said = [122, 125, 4_001].map((length) => plain(WORDS.tooLong(length, 120)).split(",")[0]);
  expect(said).toEqual(["Tekst ma 122 znaki", "Tekst ma 125 znaków", "Tekst ma 4001 znaków"]);
});

it("writes Polish counts short, with a comma", async () => {
  const { compact } = await inPolish(() => import("@/lib/numbers"));
  expect([999, 1_250, 12_000, 3_400_000].map(compact).map(plain)).toEqual([
    "999",
    "1,2 tys.",
    "12 tys.",
    "3,4 mln",
  ]);
});

it("says Polish dates and how long ago something was", async () => {
  const { ago, dateOf } = await inPolish(() => import("@/lib/time"));
  const now = Date.parse("2026-11-21T12:00:00Z");
  expect(ago("2026-11-21T11:59:50Z", now)).toBe("przed chwilą");
  expect(ago("2026-11-21T07:00:00Z", now)).toBe("5 godzin temu");
  expect(dateOf("2026-11-01T09:00:00Z")).toBe("1 listopada 2026");
});

it("says the API's refusals in Polish, and never its English", async () => {
  const { Problem, messageOf } = await inPolish(() => import("@/lib/problem"));
  const errors = [
    { field: "title", message: "must have at most 120 characters" },
    { field: "event_at", message: "something that is new" },
  ];
  const problem = new Problem(422, { detail: "title: must have at most 120 characters", errors });
  expect(problem.errors.map(({ message }) => message)).toEqual([
    "To jest za długie: najwyżej 120 znaków.",
    "Tego nie można przyjąć. Sprawdź to, proszę.",
  ]);
  expect(messageOf(new Problem(409, { detail: "An announcement has at most 10 pictures." }))).toBe(
    "W ogłoszeniu może być najwyżej 10 zdjęć.",
  );
});

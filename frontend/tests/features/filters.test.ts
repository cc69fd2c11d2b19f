import { describe, expect, it } from "vitest";
import {
  EVERYTHING,
  type Filters,
  isWanted,
  questionOf,
  readFilters,
  withWindow,
  writeFilters,
} from "@/features/map/filters";
import { pin } from "../builders";

const NOW = Date.parse("2026-11-21T12:00:30Z");
const CATS: Filters = { kinds: ["lost", "sighting"], species: "cat", window: "7d", from: "", to: "" };

it("reads from the address what it wrote there, and leaves the rest of it alone", () => {
  const search = writeFilters(new URLSearchParams("at=1,2,3"), CATS);
  expect(readFilters(search)).toEqual(CATS);
  expect(search.get("at")).toBe("1,2,3");
});

it("leaves the usual out of the address", () => {
  const usual = readFilters(new URLSearchParams());
  expect(writeFilters(new URLSearchParams(), usual).toString()).toBe("");
});

it("takes nonsense in an address for nothing said", () => {
  expect(readFilters(new URLSearchParams("kind=stolen&species=dragon&time=ever"))).toEqual(
    readFilters(new URLSearchParams()),
  );
});

it("asks in the words of the API, from a whole hour on", () => {
  expect(questionOf(CATS, NOW)).toEqual({
    kind: "lost,sighting",
    species: "cat",
    datetime: "2026-11-14T12:00:00Z/..",
  });
  expect(questionOf({ ...EVERYTHING, window: "24h" }, NOW + 250_000)).toEqual({
    datetime: "2026-11-20T12:00:00Z/..",
  });
  expect(questionOf(EVERYTHING, NOW)).toEqual({});
});

it("knows itself what is asked for", () => {
  const cat = pin({ kind: "lost", species: "cat", eventAt: "2026-11-20T00:00:00Z" });
  expect(isWanted(cat, CATS, NOW)).toBe(true);
  expect(isWanted({ ...cat, kind: "found" }, CATS, NOW)).toBe(false);
  expect(isWanted({ ...cat, species: "dog" }, CATS, NOW)).toBe(false);
  expect(isWanted({ ...cat, eventAt: "2026-11-01T00:00:00Z" }, CATS, NOW)).toBe(false);
});

describe("a window of days", () => {
  const DAYS: Filters = { ...EVERYTHING, window: "days", from: "2026-10-01", to: "2026-10-03" };
  const local = (text: string) => `${new Date(text).toISOString().slice(0, 19)}Z`;
  const asked = `${local("2026-10-01T00:00:00")}/${local("2026-10-03T23:59:59")}`;

  it("stays in the address, and out of it with any other window", () => {
    expect(writeFilters(new URLSearchParams(), DAYS).toString()).toBe(
      "time=days&from=2026-10-01&to=2026-10-03",
    );
    expect(readFilters(writeFilters(new URLSearchParams(), DAYS))).toEqual(DAYS);
    expect(writeFilters(new URLSearchParams(), { ...DAYS, window: "7d" }).toString()).toBe("time=7d");
    expect(readFilters(new URLSearchParams("from=2026-10-01")).from).toBe("");
  });

  it("lasts from the first second to the last, whichever day comes first", () => {
    expect(questionOf(DAYS, NOW)).toEqual({ datetime: asked });
    expect(questionOf({ ...DAYS, from: DAYS.to, to: DAYS.from }, NOW)).toEqual({ datetime: asked });
  });

  it("may be open on either side", () => {
    expect(questionOf({ ...DAYS, to: "" }, NOW).datetime).toMatch(/\/\.\.$/);
    expect(questionOf({ ...DAYS, from: "" }, NOW).datetime).toMatch(/^\.\.\//);
    expect(questionOf({ ...DAYS, from: "", to: "" }, NOW)).toEqual({});
  });

  it("takes nonsense for an open side", () => {
    const { from, to } = readFilters(new URLSearchParams("time=days&from=2026-13-41&to=0002-01-01"));
    expect([from, to]).toEqual(["", ""]);
  });

  it("knows its own", () => {
    expect(isWanted(pin({ eventAt: "2026-10-02T12:00:00Z" }), DAYS, NOW)).toBe(true);
    expect(isWanted(pin({ eventAt: "2026-10-05T12:00:00Z" }), DAYS, NOW)).toBe(false);
  });

  it("begins with the window before it", () => {
    expect(withWindow({ ...EVERYTHING, window: "7d" }, "days", NOW)).toEqual({
      window: "days",
      from: "2026-11-14",
      to: "",
    });
    expect(withWindow(EVERYTHING, "days", NOW).from).toBe("");
    expect(withWindow(DAYS, "7d", NOW)).toEqual({ window: "7d", from: "", to: "" });
  });
});

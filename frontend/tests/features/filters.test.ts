import { expect, it } from "vitest";
import {
  EVERYTHING,
  type Filters,
  isWanted,
  questionOf,
  readFilters,
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

import { expect, it, vi } from "vitest";
import { EVERYTHING } from "@/features/map/filters";
import { keepViewport, keptViewport } from "@/features/map/kept-viewports";
import type { Viewport } from "@/features/map/read-viewport";
import { cluster, pin } from "../builders";

const answer = (bbox: string, changes: Partial<Viewport> = {}): Viewport => ({
  question: { bbox, zoom: 13, filters: EVERYTHING },
  pins: [pin()],
  clusters: [],
  hasMore: false,
  delay: null,
  ...changes,
});
const HERE = { bounds: { west: 19.2, south: 50.2, east: 19.4, north: 50.4 }, zoom: 13 };

it("gives back what was answered for a view, and when that was", () => {
  keepViewport(answer("19,50,20,51"), 1_000);
  expect(keptViewport(HERE, EVERYTHING)).toEqual({ viewport: answer("19,50,20,51"), at: 1_000 });
  expect(keptViewport(HERE, { ...EVERYTHING, species: "cat" })).toBeUndefined();
});

it("prefers an answer that shows all of a view to one that shows a part", () => {
  keepViewport(answer("19,50,20,51"), 1_000);
  keepViewport(answer("19.3,50,20,51"), 2_000);
  expect(keptViewport(HERE, EVERYTHING)?.at).toBe(1_000);
  const aside = { bounds: { west: 19.9, south: 50.2, east: 20.1, north: 50.4 }, zoom: 13 };
  expect(keptViewport(aside, EVERYTHING)?.at).toBe(2_000);
});

it("keeps the last few only, each question once", () => {
  keepViewport(answer("19,50,20,51"), 1_000);
  for (let west = 30; west < 34; west++) keepViewport(answer(`${west},50,${west + 1},51`), 2_000);
  expect(keptViewport(HERE, EVERYTHING)).toBeUndefined();
  keepViewport(answer("33,50,34,51", { clusters: [cluster()] }), 3_000);
  expect(JSON.parse(localStorage.getItem("homeward.viewports") ?? "")).toHaveLength(4);
});

it("keeps less where the device is full, and nothing where it is forbidden", () => {
  keepViewport(answer("30,50,31,51"), 1_000);
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementationOnce(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  keepViewport(answer("19,50,20,51"), 2_000);
  expect(full).toHaveBeenCalledTimes(2);
  expect(keptViewport(HERE, EVERYTHING)?.at).toBe(2_000);
});

it("takes what it cannot read for nothing", () => {
  for (const text of ["{", "7", '[{"at":1}]', "[null]"]) {
    localStorage.setItem("homeward.viewports", text);
    expect(keptViewport(HERE, EVERYTHING)).toBeUndefined();
  }
});

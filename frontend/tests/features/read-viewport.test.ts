import { expect, it } from "vitest";
import { readViewport } from "@/features/map/read-viewport";
import { collection, pin } from "../builders";
import { serve } from "../server";

const QUESTION = { bbox: "19,50,20,51", zoom: 10 };
const pins = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => pin({ id: `pin ${from + i}` }));

it("follows the pages to their end, over short and empty ones", async () => {
  const pages = [pins(0, 3), [], pins(3, 2)];
  const calls = serve({
    "GET /api/announcements": ({ search }) => {
      const page = Number(search.get("cursor") ?? 0);
      const next = page < 2 ? `/api/announcements?bbox=19,50,20,51&cursor=${page + 1}` : undefined;
      return { body: collection(pages[page] ?? [], next) };
    },
  });
  const viewport = await readViewport(QUESTION);
  expect(viewport.pins.map(({ id }) => id)).toEqual(["pin 0", "pin 1", "pin 2", "pin 3", "pin 4"]);
  expect(viewport.hasMore).toBe(false);
  expect(calls.map(({ search }) => search.get("bbox"))).toEqual(Array(3).fill(QUESTION.bbox));
});

it("stops at 1,000 and says that there is more", async () => {
  serve({
    "GET /api/announcements": ({ search }) => {
      const from = Number(search.get("cursor") ?? 0);
      const count = Math.min(300, Number(search.get("limit")));
      return { body: collection(pins(from, count), `/api/announcements?cursor=${from + count}`) };
    },
  });
  const viewport = await readViewport(QUESTION);
  expect(viewport.pins).toHaveLength(1_000);
  expect(viewport.hasMore).toBe(true);
});

it("ends even when pages are empty for ever", async () => {
  const calls = serve({
    "GET /api/announcements": () => ({ body: collection([], "/api/announcements?cursor=1") }),
  });
  expect(await readViewport(QUESTION)).toEqual({ pins: [], clusters: [], hasMore: true });
  expect(calls.length).toBeLessThan(50);
});

it("keeps clusters apart from pins", async () => {
  const properties = {
    cluster: true,
    count: 41,
    kinds: { lost: 12, found: 29 },
    bounds: [19, 50, 19.5, 50.5],
  };
  const cluster = {
    type: "Feature",
    id: "c",
    geometry: { type: "Point", coordinates: [19.2, 50.2] },
    properties,
  };
  serve({
    "GET /api/announcements": () => ({ body: { ...collection([pin()]), features: [cluster] } }),
  });
  const { pins: none, clusters } = await readViewport(QUESTION);
  expect(none).toEqual([]);
  expect(clusters[0]).toMatchObject({ count: 41, latitude: 50.2, longitude: 19.2 });
});

import { describe, expect, it } from "vitest";
import { EVERYTHING, type Filters } from "@/features/map/filters";
import { freshFor, readViewport, refreshAfter, shows, type Viewport } from "@/features/map/read-viewport";
import { cluster, collection, pin, summary } from "../builders";
import { serve } from "../server";

const QUESTION = { bbox: "19,50,20,51", zoom: 10, filters: EVERYTHING };
const answering = (body: unknown) => serve({ "GET /api/announcements": () => ({ body }) });

it("asks once, for as many as the map can hold", async () => {
  const calls = answering(collection([pin()]));
  const { pins, clusters, hasMore, delay } = await readViewport(QUESTION);
  expect([pins, clusters, hasMore, delay]).toEqual([[pin()], [], false, null]);
  expect(calls.map(({ search }) => search.toString())).toEqual(["bbox=19%2C50%2C20%2C51&zoom=10&limit=120"]);
});

it("says that there is more, and does not go after it", async () => {
  const calls = answering(collection([pin()], "/api/announcements?cursor=1"));
  expect((await readViewport(QUESTION)).hasMore).toBe(true);
  expect(calls).toHaveLength(1);
});

it("keeps clusters apart from pins, each known by its bounds", async () => {
  const many = cluster({ thumbnail: "/renditions/p/d-160.webp" });
  answering(summary([many], [pin()]));
  const { pins, clusters, delay } = await readViewport(QUESTION);
  expect([pins, clusters, delay]).toEqual([[pin()], [many], 60]);
});

it("does without a picture that is not told", async () => {
  answering(summary([{ ...cluster(), thumbnail: undefined as unknown as null }]));
  expect((await readViewport(QUESTION)).clusters[0]?.thumbnail).toBeNull();
});

const answer = (changes: Partial<Viewport> = {}): Viewport => ({
  question: { bbox: "19,50,20,51", zoom: 10, filters: EVERYTHING },
  pins: [],
  clusters: [],
  hasMore: false,
  delay: null,
  ...changes,
});

describe("an answer", () => {
  const inside = { west: 19.2, south: 50.2, east: 19.4, north: 50.4 };
  const outside = { ...inside, east: 20.1 };
  const clusters = [cluster()];
  const cats: Filters = { ...EVERYTHING, species: "cat" };

  it("shows what lies inside of it, and nothing else", () => {
    expect(shows(answer(), inside, 10, EVERYTHING)).toBe(true);
    expect(shows(answer(), outside, 10, EVERYTHING)).toBe(false);
    expect(shows(answer(), inside, 10, cats)).toBe(false);
    expect(shows(answer(), inside, 10, { ...EVERYTHING })).toBe(true);
  });

  it("with single announcements only serves the other zooms of its level", () => {
    expect([9, 10, 11, 12].map((zoom) => shows(answer(), inside, zoom, EVERYTHING))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("with clusters serves its own zoom only", () => {
    const zooms = [9, 10, 11].map((zoom) => shows(answer({ clusters }), inside, zoom, EVERYTHING));
    expect(zooms).toEqual([false, true, false]);
  });

  it("that leaves something out shows nothing else", () => {
    expect(shows(answer({ hasMore: true }), inside, 10, EVERYTHING)).toBe(false);
  });

  it("is fresh as long as the API lets it be kept", () => {
    const wide = { question: { ...QUESTION, zoom: 6 }, clusters };
    expect(freshFor(undefined)).toBe(0);
    expect(freshFor(answer())).toBe(15_000);
    expect(freshFor(answer({ clusters }))).toBe(60_000);
    expect(freshFor(answer(wide))).toBe(300_000);
  });

  it("is asked for anew after 15 seconds, and where it is counted after a minute", () => {
    expect(refreshAfter(undefined)).toBe(15_000);
    expect(refreshAfter(answer())).toBe(15_000);
    expect(refreshAfter(answer({ clusters }))).toBe(60_000);
  });
});

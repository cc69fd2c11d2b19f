import { describe, expect, it } from "vitest";
import {
  type Box,
  boundsAround,
  boxAround,
  boxOf,
  covers,
  isInside,
  isSeen,
  isTouched,
  viewAround,
} from "@/lib/bounds";

const KRAKOW = { latitude: 50.0612, longitude: 19.9387 };
const FIJI: Box = [168.75, -22.5, -168.75, -11.25];
const WORLD: Box = [-180, -90, 180, 90];
const at = (longitude: number, latitude = -17) => ({ latitude, longitude });

it("reads a bbox", () => {
  expect(boxOf("168.75,-22.5,-168.75,-11.25")).toEqual(FIJI);
});

describe("a box", () => {
  it("holds what is in it, its edges included", () => {
    const box: Box = [19, 50, 20, 51];
    expect(isInside(box, KRAKOW)).toBe(true);
    expect(isInside(box, { latitude: 51, longitude: 19 })).toBe(true);
    expect(isInside(box, { latitude: 51.01, longitude: 19.5 })).toBe(false);
    expect(isInside(box, { latitude: 50.5, longitude: 20.01 })).toBe(false);
  });

  it("runs on over the antimeridian", () => {
    for (const inside of [170, 180, -180, -170]) expect(isInside(FIJI, at(inside))).toBe(true);
    for (const outside of [168, -168, 0]) expect(isInside(FIJI, at(outside))).toBe(false);
  });

  it("holds a whole rectangle or not", () => {
    const view = { west: 178, south: -18, east: 182, north: -16 };
    expect(covers(FIJI, view)).toBe(true);
    expect(covers(FIJI, { ...view, west: view.west - 360, east: view.east - 360 })).toBe(true);
    expect(covers(FIJI, { ...view, east: 192 })).toBe(false);
    expect(covers(FIJI, { ...view, south: -23 })).toBe(false);
    expect(covers(FIJI, { west: 0, east: 4, south: -18, north: -16 })).toBe(false);
    expect(covers(WORLD, { west: -300, south: -95, east: 300, north: 95 })).toBe(true);
    expect(covers([-180, -90, 170, 90], WORLD_VIEW)).toBe(false);
  });
});

const WORLD_VIEW = { west: -180, south: -80, east: 180, north: 80 };

describe("what is to be seen", () => {
  const view = { west: 178, south: -18, east: 182, north: -16 };

  it("is the same on every copy of the world", () => {
    for (const turns of [-360, 0, 360]) {
      const copy = { ...view, west: view.west + turns, east: view.east + turns };
      expect(isSeen(copy, at(-179))).toBe(true);
      expect(isSeen(copy, at(-177))).toBe(false);
      expect(isTouched(copy, [-178.5, -20, -170, -10])).toBe(true);
      expect(isTouched(copy, [-177, -20, -170, -10])).toBe(false);
      expect(isTouched(copy, FIJI)).toBe(true);
    }
  });

  it("ends where the view ends", () => {
    expect(isSeen(view, at(179, -18.1))).toBe(false);
    expect(isTouched(view, [170, -30, 180, -18.1])).toBe(false);
  });
});

describe("the view around a box", () => {
  it("shows all of it, as large as whole zooms allow", () => {
    const boxes: Box[] = [
      [19.6875, 49.921875, 20.0390625, 50.09765625],
      [-45, 0, 0, 45],
      FIJI,
      [0, 45, 45, 90],
    ];
    for (const box of boxes) {
      const view = viewAround(box, 880, 736);
      const [west, south, east, north] = box;
      const seen = { west, south, east: east < west ? east + 360 : east, north: Math.min(85, north) };
      const isWhole = (zoom: number) => {
        const { west: w, south: s, east: e, north: n } = boundsAround({ ...view, zoom }, 880, 736);
        const middle = (seen.west + seen.east) / 2 - (w + e) / 2;
        const turn = Math.round(middle / 360) * 360;
        return w + turn <= seen.west && s <= seen.south && e + turn >= seen.east && n >= seen.north;
      };
      expect([isWhole(view.zoom), isWhole(view.zoom + 1)]).toEqual([true, false]);
    }
  });

  it("is around the middle of a box over the antimeridian", () => {
    expect(Math.abs(viewAround(FIJI, 800, 600).longitude)).toBe(180);
  });

  it("is endlessly close for a point", () => {
    expect(viewAround([20, 50, 20, 50], 800, 600).zoom).toBe(Infinity);
    expect(viewAround([20, 50, 20, 50], 800, 600).latitude).toBeCloseTo(50);
  });
});

it("finds the smallest box of places, over the antimeridian too", () => {
  const places = [
    { latitude: -17, longitude: 179.5 },
    { latitude: -16, longitude: -179.5 },
  ];
  expect(boxAround(places)).toEqual([179.5, -17, -179.5, -16]);
  expect(boxAround(places.slice(0, 1))).toEqual([179.5, -17, 179.5, -17]);
});

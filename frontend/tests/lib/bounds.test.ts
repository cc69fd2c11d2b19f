import { describe, expect, it } from "vitest";
import { boundsAround, isInside, toBbox } from "@/lib/bounds";

const KRAKOW = { latitude: 50.0612, longitude: 19.9387 };

describe("a question about a rectangle", () => {
  const around = (longitude: number, zoom = 13) =>
    toBbox(boundsAround({ ...KRAKOW, longitude, zoom }, 800, 600), zoom);

  it("holds the whole view", () => {
    const view = boundsAround({ ...KRAKOW, zoom: 13 }, 800, 600);
    const bbox = toBbox(view, 13);
    expect(isInside(bbox, { latitude: view.north, longitude: view.west })).toBe(true);
    expect(isInside(bbox, { latitude: view.south, longitude: view.east })).toBe(true);
  });

  it("stays the same while the map moves a little", () => {
    expect(around(19.945)).toBe(around(19.9451));
  });

  it("says west > east over the antimeridian", () => {
    const [west = 0, , east = 0] = around(179.99).split(",").map(Number);
    expect(west).toBeGreaterThan(east);
    expect(isInside(around(179.99), { ...KRAKOW, longitude: -179.99 })).toBe(true);
    expect(isInside(around(179.99), { ...KRAKOW, longitude: 0 })).toBe(false);
  });

  it("is the same for every copy of the world", () => {
    expect(around(19.94 + 360)).toBe(around(19.94));
  });

  it("is the whole world once, however small the world is drawn", () => {
    expect(toBbox(boundsAround({ latitude: 0, longitude: 0, zoom: 0 }, 1920, 1080), 0)).toBe(
      "-180,-90,180,90",
    );
  });

  it("never leaves the range of latitudes and longitudes", () => {
    for (const zoom of [0, 1, 2, 5, 10, 19]) {
      for (const longitude of [-180, -179.999, 0, 179.999, 180]) {
        const bounds = boundsAround({ latitude: 84.9, longitude, zoom }, 1280, 800);
        const [west, south, east, north] = toBbox(bounds, zoom).split(",").map(Number);
        expect([Math.abs(west ?? 999) <= 180, Math.abs(east ?? 999) <= 180]).toEqual([true, true]);
        expect([(south ?? -99) >= -90, (north ?? 99) <= 90]).toEqual([true, true]);
      }
    }
  });
});

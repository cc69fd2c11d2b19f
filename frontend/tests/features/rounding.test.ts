import { describe, expect, it } from "vitest";
import { levelOf, wholeBegin, wholeTiles } from "@/features/map/rounding";
import { type Bounds, boundsAround, boxOf, covers } from "@/lib/bounds";
import { MAX_ZOOM } from "@/lib/map-view";

type Size = [width: number, height: number];

const KRAKOW = { latitude: 50.0612, longitude: 19.9387 };
const DESKTOP: Size = [880, 736];
const PHONE: Size = [360, 340];
const PLACES = [
  KRAKOW,
  { latitude: 51.4779, longitude: 0 }, // Greenwich
  { latitude: -16.8, longitude: 179.999 }, // Fiji
  { latitude: -16.8, longitude: -179.999 },
  { latitude: 0, longitude: 180 },
  { latitude: 0, longitude: 0 },
  { latitude: 84.9, longitude: 33 },
  { latitude: -84.9, longitude: -33 },
  { latitude: 34.0522, longitude: -118.2437 },
];
const ZOOMS = Array.from({ length: MAX_ZOOM + 1 }, (_, zoom) => zoom);

const around = (place: { latitude: number; longitude: number }, zoom: number, [width, height] = DESKTOP) =>
  boundsAround({ ...place, zoom }, width, height);
const numbers = (text: string) => text.split(",").map(Number) as [number, number, number, number];
const gridOf = (level: number) => [
  360 / 2 ** Math.ceil((5 * level) / 2),
  180 / 2 ** Math.floor((5 * level) / 2),
];
const isWhole = (value: number) => value === Math.round(value);

function isOnGrid(bbox: string, level: number): boolean {
  const [west, south, east, north] = numbers(bbox);
  const [width = 1, height = 1] = gridOf(level);
  const slots = [(west + 180) / width, (east + 180) / width, (south + 90) / height, (north + 90) / height];
  return slots.every(isWhole);
}

function tileCount(bbox: string, level: number): number {
  const [west, south, east, north] = numbers(bbox);
  const [width = 1, height = 1] = gridOf(level);
  return (((west > east ? 360 : 0) + east - west) / width) * ((north - south) / height);
}

const viewsOf = (check: (bounds: Bounds, zoom: number, bbox: string) => void) => {
  for (const place of PLACES) {
    for (const zoom of ZOOMS) {
      for (const size of [DESKTOP, PHONE]) {
        const bounds = around(place, zoom, size);
        check(bounds, zoom, wholeTiles(bounds, zoom));
      }
    }
  }
};

describe("the level of a zoom", () => {
  it("grows with the zoom", () => {
    const levels = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6];
    expect(ZOOMS.map(levelOf)).toEqual(levels);
  });
});

describe("a rectangle of whole tiles", () => {
  it("is written exactly", () => {
    expect(wholeTiles({ west: 10, south: 46, east: 20, north: 50.1 }, 7)).toBe("0,45,22.5,50.625");
    expect(wholeTiles({ west: 19.9, south: 50.05, east: 19.93, north: 50.06 }, 15)).toBe(
      "19.86328125,50.009765625,19.951171875,50.09765625",
    );
    expect(wholeTiles({ west: 19.93, south: 50.06, east: 19.935, north: 50.062 }, 18)).toBe(
      "19.92919921875,50.0592041015625,19.940185546875,50.064697265625",
    );
  });

  it("has its edges on the borders of geohash cells, and holds the whole view", () => {
    viewsOf((bounds, zoom, bbox) => {
      const level = levelOf(zoom);
      expect(isOnGrid(bbox, level) || isOnGrid(bbox, level + 2), `${bbox} at ${zoom}`).toBe(true);
      const seen = { ...bounds, south: Math.max(-85, bounds.south), north: Math.min(85, bounds.north) };
      expect(covers(boxOf(bbox), seen), `${bbox} at ${zoom}`).toBe(true);
    });
  });

  it("never leaves the range of latitudes and longitudes, and is never upside down", () => {
    viewsOf((_, __, bbox) => {
      const [west, south, east, north] = numbers(bbox);
      expect([west, east].every((side) => Math.abs(side) <= 180)).toBe(true);
      expect(south).toBeGreaterThanOrEqual(-90);
      expect(north).toBeLessThanOrEqual(90);
      expect(north).toBeGreaterThan(south);
      expect(west).not.toBe(180);
      expect(east).not.toBe(-180);
    });
  });

  it("reads back as the very numbers that it was made of, and never in powers of ten", () => {
    viewsOf((_, __, bbox) => {
      expect(numbers(bbox).join()).toBe(bbox);
      expect(bbox).not.toContain("e");
    });
  });

  it("is the whole world at the lowest zooms, and wherever the map repeats it", () => {
    expect(wholeTiles(around(KRAKOW, 3), 3)).toBe("-180,-90,180,90");
    expect(wholeTiles({ west: -200, south: -80, east: 260, north: 84 }, 2)).toBe("-180,-90,180,90");
    expect(wholeTiles({ west: -170, south: 10, east: 170, north: 20 }, 5)).toBe("-180,0,180,45");
  });

  it("is the same for neighbours in one town, and while the map moves a little", () => {
    const here = wholeTiles(around(KRAKOW, 11, PHONE), 11);
    expect(wholeTiles(around({ latitude: 50.07, longitude: 19.96 }, 11, PHONE), 11)).toBe(here);
    expect(wholeTiles(around(KRAKOW, 11, [412, 380]), 11)).toBe(here);
  });

  it("is the same for every copy of the world", () => {
    for (const turns of [-2, -1, 1, 2]) {
      const copy = { ...KRAKOW, longitude: KRAKOW.longitude + turns * 360 };
      expect(wholeTiles(around(copy, 13), 13)).toBe(wholeTiles(around(KRAKOW, 13), 13));
    }
  });

  it("says west > east over the antimeridian, from both of its sides", () => {
    const bbox = "168.75,-22.5,-168.75,-11.25";
    expect(wholeTiles({ west: 177, south: -18, east: 182, north: -16 }, 7)).toBe(bbox);
    expect(wholeTiles({ west: -183, south: -18, east: -178, north: -16 }, 7)).toBe(bbox);
  });

  it("begins with -180 and ends with 180 where it touches the antimeridian", () => {
    expect(wholeTiles({ west: 178, south: -18, east: 180, north: -17 }, 7)).toBe("168.75,-22.5,180,-16.875");
    expect(wholeTiles({ west: 180, south: -18, east: 182, north: -17 }, 7)).toBe(
      "-180,-22.5,-168.75,-16.875",
    );
  });

  it("reaches the pole where the map's edge is seen, since what lies beyond is drawn there", () => {
    expect(numbers(wholeTiles({ west: 10, south: 85, east: 10.1, north: 85.06 }, 14))[3]).toBe(90);
    expect(numbers(wholeTiles({ west: 10, south: -89, east: 10.1, north: -84.9 }, 14))[1]).toBe(-90);
  });

  it("goes down to grandchildren where it would be too many tiles", () => {
    const row = { west: 0, south: 51, east: 168.75, north: 52 };
    expect(wholeTiles(row, 7)).toBe("0,50.625,168.75,56.25"); // 15 tiles of 11.25 degrees
    expect(wholeTiles({ ...row, east: 169 }, 7)).toBe("0,50.9765625,169.1015625,52.03125");
  });

  it("is at most fifteen tiles, or not much larger than the view", () => {
    viewsOf((bounds, zoom, bbox) => {
      if (bounds.north >= 85.05 || bounds.south <= -85.05) return;
      const level = levelOf(zoom);
      const few = isOnGrid(bbox, level) && tileCount(bbox, level) <= 15;
      const [west, south, east, north] = numbers(bbox);
      const area = (((west > east ? 360 : 0) + east - west) * (north - south)) / (bounds.east - bounds.west);
      expect(few || area / (bounds.north - bounds.south) < 1.3, `${bbox} at ${zoom}`).toBe(true);
    });
  });

  it("is one tile at least, even for a view that is a point on a border", () => {
    expect(wholeTiles({ west: 0, south: 0, east: 0, north: 0 }, 7)).toBe("0,0,11.25,5.625");
    expect(wholeTiles({ west: 180, south: 90, east: 180, north: 90 }, 7)).toBe("-180,84.375,-168.75,90");
    expect(wholeTiles({ west: -180, south: -90, east: -180, north: -90 }, 7)).toBe(
      "-180,-90,-168.75,-84.375",
    );
  });
});

describe("the beginning of a window", () => {
  const at = (time: string, days: number) =>
    new Date(wholeBegin(days, Date.parse(`2026-11-21T${time}Z`))).toISOString().slice(0, 19);

  it("is on the five minutes for 24 hours", () => {
    expect(at("12:04:59", 1)).toBe("2026-11-20T12:00:00");
    expect(at("12:05:00", 1)).toBe("2026-11-20T12:05:00");
  });

  it("is on the hour for seven days and longer", () => {
    expect(at("12:59:59", 7)).toBe("2026-11-14T12:00:00");
    expect(at("13:00:00", 7)).toBe("2026-11-14T13:00:00");
    expect(at("12:59:59", 365)).toBe("2025-11-21T12:00:00");
  });

  it("is never later than it should be", () => {
    const now = Date.parse("2026-11-21T12:34:56.789Z");
    for (const days of [1, 7, 30, 91, 365])
      expect(wholeBegin(days, now)).toBeLessThanOrEqual(now - days * 86_400_000);
  });
});

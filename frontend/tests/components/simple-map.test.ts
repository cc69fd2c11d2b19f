import { expect, it } from "vitest";
import { fanOut } from "@/components/fan-out";
import { graticule } from "@/components/graticule";
import { unwrapped } from "@/components/land";

it("draws a few lines at every zoom", () => {
  for (const width of [360, 90, 10, 1, 0.05, 0.006]) {
    const lines = graticule({ west: 19, south: 50, east: 19 + width, north: 50 + width / 2 });
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.length).toBeLessThan(80);
  }
});

it("lets land run on over the antimeridian", () => {
  const ring = [
    [170, 60],
    [179, 61],
    [-175, 62],
    [170, 60],
  ];
  expect(unwrapped(ring).map(([x]) => x)).toEqual([170, 179, 185, 170]);
});

it("closes the land around the pole along the map's edge", () => {
  const ring = [-120, 0, 120, -120].map((x) => [x, -70]);
  expect(unwrapped(ring)).toEqual([
    [-120, -70],
    [0, -70],
    [120, -70],
    [240, -70],
    [240, -90],
    [-120, -90],
  ]);
});

it("pushes apart the pins of one spot and leaves the others alone", () => {
  const spot = { latitude: 50, longitude: 20 };
  const offsets = fanOut([
    { id: "a", ...spot },
    { id: "b", ...spot },
    { id: "c", ...spot },
    { id: "d", latitude: 51, longitude: 20 },
  ]);
  expect(offsets.get("a")).toEqual({ x: 0, y: 0 });
  expect(offsets.get("d")).toEqual({ x: 0, y: 0 });
  expect(new Set([...offsets.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
});

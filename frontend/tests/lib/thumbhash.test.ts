import { expect, it } from "vitest";
import { pictureOfHash } from "@/lib/thumbhash";

const SIDE = 16;
const HASH = "3OcRJYB4d3h/iIeHeEh3eIhw+j2w"; // of a photo

/** The pixels of a bitmap in base64, from the top left. */
function pixels(address: string): number[][] {
  const bytes = Array.from(atob(address.split(",")[1] ?? ""), (character) => character.charCodeAt(0));
  expect(String.fromCharCode(...bytes.slice(0, 2))).toBe("BM");
  const body = bytes.slice(54);
  expect(body).toHaveLength(SIDE * SIDE * 3);
  return Array.from({ length: SIDE * SIDE }, (_, index) => {
    const start = ((SIDE - 1 - Math.floor(index / SIDE)) * SIDE + (index % SIDE)) * 3;
    return body.slice(start, start + 3).reverse();
  });
}

it("draws what the reference draws", () => {
  const drawn = pixels(pictureOfHash(HASH) ?? "");
  // thumbHashToRGBA of thumbhash 0.1.1 gives 124, 136, 158 in the corner of its 32 pixels, and this mean of all
  const [r = 0, g = 0, b = 0] = drawn[0] ?? [];
  for (const [value, known] of [
    [r, 124],
    [g, 136],
    [b, 158],
  ] as const)
    expect(Math.abs(value - known)).toBeLessThan(5);
  const mean = drawn.flat().reduce((sum, value) => sum + value, 0) / drawn.flat().length;
  expect(Math.abs(mean - (607_743 / 1024 - 255) / 3)).toBeLessThan(1);
});

it("is an address that the page's security policy lets in", () => {
  expect(pictureOfHash(HASH)).toMatch(/^data:image\/bmp;base64,[A-Za-z0-9+/]+=*$/);
});

it.each([
  "",
  "no base64!",
  "AAAA",
  "3OcRJYB4",
  btoa("x".repeat(65)),
  btoa(String.fromCharCode(0, 0, 255, 0, 0, 0, 0, 0)),
])("takes %j for none", (hash) => expect(pictureOfHash(hash)).toBeNull());

import { expect, it } from "vitest";
import { publicPlaceOf } from "@/lib/public-place";

const HERE = { latitude: 50.0612, longitude: 19.9387 };

it("is the middle of the cell that the API shows", () => {
  const street = publicPlaceOf(HERE, "street"); // u2yhz3n: what the API answers for this place
  expect(street.latitude).toBeCloseTo(50.0612, 3);
  expect(Math.abs(street.latitude - HERE.latitude)).toBeLessThan(180 / 2 ** 18);
  expect(Math.abs(street.longitude - HERE.longitude)).toBeLessThan(360 / 2 ** 19);
});

it("hides a street by some hundred metres and an area by most of a kilometre", () => {
  expect(publicPlaceOf(HERE, "street").radius).toBeGreaterThan(60);
  expect(publicPlaceOf(HERE, "street").radius).toBeLessThan(110);
  expect(publicPlaceOf(HERE, "area").radius).toBeGreaterThan(400);
  expect(publicPlaceOf(HERE, "area").radius).toBeLessThan(700);
});

it("stays on the earth at its edges", () => {
  const pole = publicPlaceOf({ latitude: -90, longitude: -180 }, "area");
  expect(pole.latitude).toBeGreaterThan(-90);
  expect(pole.longitude).toBeGreaterThan(-180);
});

import { expect, it } from "vitest";
import {
  foldLongitude,
  formatView,
  nearestCopy,
  parseView,
  rememberedView,
  rememberView,
} from "@/lib/map-view";

const VIEW = { latitude: 50.0612, longitude: 19.9387, zoom: 13 };

it("reads back the view that it wrote", () => {
  expect(parseView(formatView(VIEW))).toEqual(VIEW);
});

it.each([null, "", "1,2", "1,2,3,4", "a,b,c", "91,0,3", "0,181,3", "0,0,99", ",,"])(
  "takes %j for no view",
  (text) => {
    expect(parseView(text)).toBeNull();
  },
);

it("remembers the last view, and starts with the world", () => {
  expect(rememberedView().zoom).toBe(2);
  rememberView(VIEW);
  expect(rememberedView()).toEqual(VIEW);
});

it("folds longitudes and finds the nearest copy of them", () => {
  expect(foldLongitude(190)).toBe(-170);
  expect(foldLongitude(-540)).toBe(-180);
  expect(foldLongitude(180)).toBe(180);
  expect(nearestCopy(-179, 179)).toBe(181);
  expect(nearestCopy(10, 20)).toBe(10);
});

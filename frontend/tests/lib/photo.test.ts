import { expect, it, vi } from "vitest";
import { fitted, preparePhoto } from "@/lib/photo";

it("fits into 1600 pixels and is never enlarged", () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 });
  expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fitted(20_000, 2)).toEqual({ width: 1600, height: 1 });
});

it("sends as it is what the browser cannot decode", async () => {
  const decode = vi.fn(() => Promise.reject(new DOMException("", "InvalidStateError")));
  vi.stubGlobal("createImageBitmap", decode);
  const file = new File(["heic"], "cat.heic");
  expect(await preparePhoto(file)).toBe(file);
  expect(decode).toHaveBeenCalledWith(file, { imageOrientation: "from-image" });
});

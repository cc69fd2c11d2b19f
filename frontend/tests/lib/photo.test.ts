import { afterEach, expect, it, vi } from "vitest";
import { fitted, preparePhoto } from "@/lib/photo";

/** A canvas whose pictures weigh `bytes(width, quality)`. */
function canvasOf(type: string, bytes: (width: number, quality: number) => number) {
  const tried: [number, number][] = [];
  const close = vi.fn();
  vi.stubGlobal("createImageBitmap", () => Promise.resolve({ width: 4000, height: 3000, close }));
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      constructor(readonly width: number) {}
      getContext = () => ({ fillRect: () => undefined, drawImage: () => undefined });
      convertToBlob = ({ quality }: { quality: number }) => {
        tried.push([this.width, quality]);
        const blob = new Blob([], { type });
        Object.defineProperty(blob, "size", { value: bytes(this.width, quality) });
        return Promise.resolve(blob);
      };
    },
  );
  return { tried, close };
}

/** A browser that refuses to turn a bitmap; its images of the page can be decoded, or not. */
function withoutTurningBitmaps(decode: () => Promise<void>) {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new TypeError("not a valid enum value")));
  vi.stubGlobal(
    "Image",
    class {
      src = "";
      naturalWidth = 3000;
      naturalHeight = 4000;
      decode = decode;
    },
  );
  return vi.spyOn(URL, "revokeObjectURL");
}

afterEach(() => vi.unstubAllGlobals());

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

it("decodes in the page where a bitmap cannot be turned", async () => {
  const { tried } = canvasOf("image/jpeg", () => 700_000);
  const given = withoutTurningBitmaps(() => Promise.resolve());
  const prepared = await preparePhoto(new File(["x"], "cat.jpg"));
  expect([prepared.size, prepared.type]).toEqual([700_000, "image/jpeg"]);
  expect(tried).toEqual([[1200, 0.85]]);
  expect(given).toHaveBeenCalledWith("blob:photo");
});

it("sends as it is what neither can decode", async () => {
  const given = withoutTurningBitmaps(() => Promise.reject(new DOMException("", "EncodingError")));
  const file = new File(["heic"], "cat.heic");
  expect(await preparePhoto(file)).toBe(file);
  expect(given).toHaveBeenCalledWith("blob:photo");
});

it("keeps the quality of what is light enough", async () => {
  const { tried, close } = canvasOf("image/jpeg", () => 700_000);
  expect((await preparePhoto(new Blob(["x"]))).size).toBe(700_000);
  expect(tried).toEqual([[1600, 0.85]]);
  expect(close).toHaveBeenCalled();
});

it("lowers the quality, and then the size, until it weighs at most 1 MB", async () => {
  const { tried } = canvasOf("image/jpeg", (width, quality) => width * quality * 2_000);
  expect((await preparePhoto(new Blob(["x"]))).size).toBeLessThanOrEqual(1_000_000);
  expect(tried.map(([width]) => width)).toEqual(
    [1600, 1600, 1600, 1600, 1200, 1200, 1200, 1200].slice(0, tried.length),
  );
  expect(tried.length).toBeGreaterThan(4);
});

it("sends the original where the browser encodes something else than was asked for", async () => {
  canvasOf("image/png", () => 9);
  const file = new File(["jpeg"], "cat.jpg");
  expect(await preparePhoto(file)).toBe(file);
});

import { Blob as NodeBlob } from "node:buffer";
import { expect, it } from "vitest";
import { readCameraNotes } from "@/lib/exif";

const Blob = NodeBlob as unknown as typeof globalThis.Blob; // that of jsdom cannot be read
const NOTHING = { takenAt: null, place: null };

interface Written {
  date?: string;
  offset?: string;
  latitude?: [ref: string, ...numbers: [number, number][]];
  longitude?: [ref: string, ...numbers: [number, number][]];
  little?: boolean;
}

/** A file with camera's notes as JPEG, HEIC and WebP hold them, somewhere near their beginning. */
function photo({ date, offset, latitude, longitude, little = false }: Written): Blob {
  const bytes = new DataView(new ArrayBuffer(600));
  let free = 200; // where longer values go
  const text = (at: number, value: string) =>
    [...value].forEach((c, i) => bytes.setUint8(at + i, c.charCodeAt(0)));
  const entry = (at: number, tag: number, type: number, count: number, value: number | string) => {
    bytes.setUint16(at, tag, little);
    bytes.setUint16(at + 2, type, little);
    bytes.setUint32(at + 4, count, little);
    if (typeof value === "string") text(at + 8, value);
    else bytes.setUint32(at + 8, value, little);
  };
  const long = (value: string) => {
    text(free, value);
    free += value.length + 1;
    return free - value.length - 1;
  };
  const ratios = (numbers: [number, number][]) => {
    const at = free;
    numbers.flat().forEach((number, index) => bytes.setUint32(at + index * 4, number, little));
    free += numbers.length * 8;
    return at;
  };
  text(0, little ? "II*\0" : "MM\0*");
  bytes.setUint32(4, 8, little);
  bytes.setUint16(8, 2, little);
  entry(10, 0x8769, 4, 1, 50);
  entry(22, 0x8825, 4, 1, 100);
  bytes.setUint16(50, 2, little);
  if (date) entry(52, 0x9003, 2, 20, long(date));
  if (offset) entry(64, 0x9011, 2, 7, long(offset));
  bytes.setUint16(100, 4, little);
  for (const [at, tag, value] of [
    [102, 1, latitude],
    [126, 3, longitude],
  ] as const) {
    if (!value) continue;
    const [ref, ...numbers] = value;
    entry(at, tag, 2, 2, ref);
    entry(at + 12, tag + 1, 5, 3, ratios(numbers));
  }
  const head = new TextEncoder().encode("\u0000\u0000anything EEx Exif\0\0");
  return new Blob([head, bytes.buffer]);
}

const KRAKOW: Written = {
  latitude: ["N", [50, 1], [3, 1], [4032, 100]],
  longitude: ["E", [19, 1], [56, 1], [1932, 100]],
};

it.each([true, false])("reads when and where a photo was taken, in either order of bytes", async (little) => {
  const { takenAt, place } = await readCameraNotes(photo({ date: "2026:11:19 18:30:05", ...KRAKOW, little }));
  expect(takenAt).toBe("2026-11-19T18:30");
  expect(place?.latitude).toBeCloseTo(50.0612, 4);
  expect(place?.longitude).toBeCloseTo(19.9387, 4);
});

it("knows south and west", async () => {
  const south: Written = {
    latitude: ["S", [33, 1], [30, 1], [0, 0]],
    longitude: ["W", [70, 1], [15, 1], [0, 1]],
  };
  expect((await readCameraNotes(photo(south))).place).toEqual({ latitude: -33.5, longitude: -70.25 });
});

it("takes the camera's zone for what it is", async () => {
  const { takenAt } = await readCameraNotes(photo({ date: "2026:11:19 18:30:05", offset: "+09:00" }));
  expect(new Date(takenAt ?? "").toISOString()).toBe("2026-11-19T09:30:00.000Z");
});

it.each([
  ["a clock that was never set", photo({ date: "1980:01:01 00:00:00" })],
  ["no date", photo({ date: "    :  :     :  :  " })],
  ["a month that is none", photo({ date: "2026:99:19 18:30:05" })],
  [
    "the middle of the ocean",
    photo({ latitude: ["N", [0, 1], [0, 1], [0, 1]], longitude: ["E", [0, 1], [0, 1], [0, 1]] }),
  ],
  ["a place beyond the poles", photo({ ...KRAKOW, latitude: ["N", [99, 1], [0, 1], [0, 1]] })],
  ["half a place", photo({ latitude: KRAKOW.latitude })],
  ["no notes", new Blob(["this is a text, Exif or not"])],
  ["an end in the middle", photo(KRAKOW).slice(0, 60)],
  ["nothing at all", new Blob([])],
])("makes nothing of %s", async (_, file) => {
  expect(await readCameraNotes(file)).toEqual(NOTHING);
});

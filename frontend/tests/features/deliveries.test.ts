import { beforeEach, expect, it, vi } from "vitest";
import { deliver, takeOn } from "@/features/report/deliveries";
import { deliveriesKept, dropDelivery } from "@/lib/kept-deliveries";
import { keptPhoto } from "@/lib/kept-photos";
import { keep } from "@/features/report/photos";
import type { PictureSlot } from "@/lib/announcements";
import { type Halfway, type Upload, uploadPhoto } from "@/lib/uploads";
import { ID, TOKEN } from "../builders";

vi.mock("@/lib/uploads", () => ({ noteUpload: vi.fn(), uploadPhoto: vi.fn() }));

const READY: Upload = { phase: "ready", similar: [] };
const FAILED: Upload = { phase: "failed", message: "no network", retry: async () => undefined };
const SLOT = { id: "p1", expires_at: "2099-01-01T00:00:00Z", upload: { url: "/uploads", fields: {} } };

let outcomes: { end: Upload; step?: Halfway }[];
let begun: Halfway[];

beforeEach(async () => {
  begun = [];
  vi.mocked(uploadPhoto).mockImplementation((_, __, ___, halfway = {}, way = {}) => {
    begun.push(halfway);
    const { end, step } = outcomes.shift() ?? { end: READY };
    if (step) way.onStep?.(step);
    return Promise.resolve(end);
  });
  for (const id of ["one", "two"]) await keep(id, new File([id], `${id}.jpg`));
  takeOn({ announcementId: ID, token: TOKEN, photos: [{ id: "one" }, { id: "two" }] });
});

it("sends the photos in their order, and keeps none that has arrived", async () => {
  outcomes = [{ end: READY }, { end: { phase: "refused", reason: "It is damaged." } }];
  await deliver(ID);
  expect(begun.map((parcel) => (parcel as { id: string }).id)).toEqual(["one", "two"]);
  expect(deliveriesKept()).toEqual([]);
});

it("stops where one fails, and goes on there with the same slot", async () => {
  outcomes = [{ end: FAILED, step: { slot: SLOT as PictureSlot } }];
  await deliver(ID);
  expect(deliveriesKept()[0]?.photos).toEqual([{ id: "one", slot: SLOT }, { id: "two" }]);
  await deliver(ID);
  expect(begun).toEqual([{ id: "one" }, { id: "one", slot: SLOT }, { id: "two" }]);
  expect(deliveriesKept()).toEqual([]);
});

it("settles what was refused for good, and goes on with the next one", async () => {
  outcomes = [{ end: { phase: "failed", message: "An announcement has at most 10 pictures." } }];
  await deliver(ID);
  expect(begun).toHaveLength(2);
  expect(deliveriesKept()).toEqual([]);
  expect(await keptPhoto("one")).toBeNull();
});

it("drops the photos of what was withdrawn, even of one that is on its way", async () => {
  outcomes = [{ end: FAILED, step: { slot: SLOT as PictureSlot } }];
  const sent = vi.mocked(uploadPhoto).getMockImplementation();
  vi.mocked(uploadPhoto).mockImplementation(async (...given) => {
    await dropDelivery(ID);
    return sent ? sent(...given) : READY;
  });
  await deliver(ID);
  expect(deliveriesKept()).toEqual([]);
  expect(await keptPhoto("two")).toBeNull();
});

it("does not begin anew while it is on its way", async () => {
  outcomes = [];
  await Promise.all([deliver(ID), deliver(ID)]);
  expect(begun).toHaveLength(2);
});

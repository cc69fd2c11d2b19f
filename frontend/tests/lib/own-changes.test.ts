import { beforeEach, expect, it } from "vitest";
import { noteOwnAnnouncement, noteOwnChange, ownChanges, withOwnChanges } from "@/lib/own-changes";
import { announcement, picture, pin } from "../builders";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const other = pin({ id: "other", eventAt: "2026-11-20T20:00:00Z" });
const laid = (pins = [other], now = NOW, wanted = () => true) =>
  withOwnChanges(pins, ownChanges.get(), wanted, now).map(({ id, title }) => `${id}: ${title}`);

beforeEach(() => ownChanges.set(new Map()));

it("shows a new announcement before the answers know it, in the order of time", () => {
  noteOwnChange("mine", pin({ id: "mine" }), NOW);
  expect(laid()).toEqual(["other: Brown dog", "mine: Brown dog"]);
});

it("prefers our own change to an older answer", () => {
  noteOwnChange("other", pin({ id: "other", title: "Grey dog" }), NOW);
  expect(laid()).toEqual(["other: Grey dog"]);
});

it("takes a withdrawn one off the map", () => {
  noteOwnChange("other", null, NOW);
  expect(laid()).toEqual([]);
});

it("leaves out what the view does not ask for", () => {
  noteOwnChange("mine", pin({ id: "mine" }), NOW);
  expect(laid([other], NOW, () => false)).toEqual(["other: Brown dog"]);
});

it("trusts the answers again after a while", () => {
  noteOwnChange("other", null, NOW);
  expect(laid([other], NOW + 91_000)).toEqual(["other: Brown dog"]);
});

it("shows the first ready picture", () => {
  noteOwnAnnouncement(announcement({ pictures: [picture({ id: "p0", state: "waiting" }), picture()] }));
  expect([...ownChanges.get().values()][0]?.pin?.thumbnail).toBe("/renditions/p1/d-160.webp");
});

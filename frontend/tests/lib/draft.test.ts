import { describe, expect, it } from "vitest";
import { bodyOf, changesOf, type Draft, draftOf, emptyDraft } from "@/lib/draft";
import { errorsOf } from "@/lib/draft-checks";
import { announcement } from "../builders";

const NOON = new Date("2026-11-20T12:00:30Z");

const draft = (changes: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(NOON),
  species: "dog",
  title: " Brown dog ",
  place: { latitude: 50, longitude: 20 },
  ...changes,
});

it("starts with the present minute, never in the future", () => {
  const { event_at } = bodyOf("lost", draft());
  expect(event_at).toBe("2026-11-20T12:00:00Z");
});

it("names everything that is missing, in the words of the API", () => {
  const missing = errorsOf({ ...emptyDraft(NOON), when: "" }).map(({ field }) => field);
  expect(missing).toEqual(["species", "title", "event_at", "place"]);
  expect(errorsOf(draft())).toEqual([]);
  expect(errorsOf(draft({ email: "nobody" })).map(({ field }) => field)).toEqual(["contact.email"]);
});

it("sends no empty contact and no empty secret mark", () => {
  expect(bodyOf("found", draft({ email: " ", secretMark: "" }))).toMatchObject({
    kind: "found",
    title: "Brown dog",
    contact: null,
    secret_mark: null,
  });
  expect(bodyOf("found", draft({ phone: "123" })).contact).toEqual({ name: null, email: null, phone: "123" });
});

describe("the changes of an announcement", () => {
  const before = draftOf(announcement());
  const changes = (change: Partial<Draft>) => changesOf(before, { ...before, ...change }, announcement());

  it("are none when nothing changed", () => {
    expect(changes({})).toEqual({});
  });

  it("name only what changed", () => {
    expect(changes({ title: "Grey dog" })).toEqual({ title: "Grey dog" });
    expect(changes({ email: "" })).toEqual({ contact: null });
  });

  it("keep how far the place is hidden", () => {
    const hidden = announcement({ public_place: { latitude: 50, longitude: 20, blur: "area" } });
    const moved = { ...draftOf(hidden), place: { latitude: 51, longitude: 21 } };
    expect(changesOf(draftOf(hidden), moved, hidden)).toEqual({
      place: { latitude: 51, longitude: 21, blur: "area" },
    });
  });
});

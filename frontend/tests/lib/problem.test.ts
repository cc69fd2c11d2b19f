import { expect, it } from "vitest";
import { messageFor, messageOf, Problem, remaining, Unreachable } from "@/lib/problem";
import { COMMON } from "@/lib/words";

const ERRORS = [
  { field: "place.latitude", message: "must be at most 90" },
  { field: "link", message: "must begin with http" },
];

it("finds the message of a field and of what is inside it", () => {
  expect(messageFor(ERRORS, "place")).toBe("must be at most 90");
  expect(messageFor(ERRORS, "places")).toBeUndefined();
  expect(remaining(ERRORS, ["place"])).toEqual([ERRORS[1]]);
});

it("says the server's own words for 4xx, and ours for what the server cannot explain", () => {
  expect(messageOf(new Problem(409, { title: "Conflict", detail: "Renew it first." }))).toBe(
    "Renew it first.",
  );
  expect(messageOf(new Problem(500, { title: "Internal Server Error" }))).toBe(COMMON.unexpected);
  expect(messageOf(new Problem(429))).toBe(COMMON.tooMany);
  expect(messageOf(new Problem(503))).toBe(COMMON.busy);
  expect(messageOf(new Unreachable())).toBe(COMMON.unreachable);
  expect(messageOf(new Error("a stack trace"))).toBe(COMMON.unexpected);
});

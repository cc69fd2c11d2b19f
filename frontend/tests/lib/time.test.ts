import { expect, it } from "vitest";
import { ago, fromLocalInput, toLocalInput } from "@/lib/time";

const NOW = Date.parse("2026-11-21T12:00:00Z");

it.each([
  ["2026-11-21T12:03:00Z", "just now"],
  ["2026-11-21T11:59:30Z", "just now"],
  ["2026-11-21T11:55:00Z", "5 minutes ago"],
  ["2026-11-21T09:00:00Z", "3 hours ago"],
  ["2026-11-20T09:00:00Z", "yesterday"],
  ["2026-11-01T09:00:00Z", "1 November 2026"],
])("says %s as %s", (iso, words) => {
  expect(ago(iso, NOW)).toBe(words);
});

it("keeps a moment to the minute through the input's local time", () => {
  expect(fromLocalInput(toLocalInput(new Date("2026-07-01T10:20:40Z")))).toBe("2026-07-01T10:20:00Z");
  expect(fromLocalInput("")).toBeNull();
});

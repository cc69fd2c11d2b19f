import { expect, it } from "vitest";
import { compact, grouped } from "@/lib/numbers";
import { announcements, countsByKind } from "@/lib/words";

it("writes counts short, and never more than there is", () => {
  const counts = [1, 999, 1_000, 1_250, 1_999, 9_999, 12_000, 999_999, 1_000_000, 12_345_678];
  expect(counts.map(compact)).toEqual([
    "1", "999", "1k", "1.2k", "1.9k", "9.9k", "12k", "999k", "1M", "12M",
  ]); // prettier-ignore
});

it("writes counts in full", () => {
  expect(grouped(12_345)).toBe("12,345");
  expect(announcements(1)).toBe("1 announcement");
  expect(announcements(1_234)).toBe("1,234 announcements");
});

it("tells counts by kind, in one order, without those that there are none of", () => {
  expect(countsByKind({ found: 29, lost: 12, sighting: 0 })).toBe("12 lost, 29 found");
  expect(countsByKind({ sighting: 1_200 })).toBe("1,200 seen");
  expect(countsByKind({})).toBe("");
});

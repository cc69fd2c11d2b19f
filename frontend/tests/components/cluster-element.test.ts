import { describe, expect, it } from "vitest";
import { clusterElement, clusterSize } from "@/components/cluster-element";
import { arcsOf, pathOf } from "@/components/cluster-ring";
import { describeMark } from "@/components/pin-element";
import { cluster } from "../builders";

const middles = (kinds: Parameters<typeof arcsOf>[0]) => arcsOf(kinds).map(({ from, to }) => (from + to) / 2);
const shares = (kinds: Parameters<typeof arcsOf>[0]) => arcsOf(kinds).map(({ from, to }) => to - from);

describe("the ring of a cluster", () => {
  it("is split as the kinds are", () => {
    expect(shares({ lost: 25, found: 75 })).toEqual([0.25, 0.75]);
    expect(shares({ lost: 10, found: 10, sighting: 20 })).toEqual([0.25, 0.5, 0.25]);
  });

  it("has lost on the left and found on the right, however many", () => {
    for (const kinds of [
      { lost: 1, found: 9 },
      { lost: 9, found: 1 },
    ]) {
      const [lost = 0, found = 0] = middles(kinds);
      expect(lost).toBeCloseTo(0.75);
      expect(found % 1).toBeCloseTo(0.25);
    }
    expect(middles({ lost: 3 })).toEqual([0.75]);
    expect(middles({ found: 3 })).toEqual([0.25]);
    expect(middles({ lost: 3, sighting: 3, found: 3 })[1]).toBeCloseTo(1);
  });

  it("still shows one among thousands", () => {
    const [lost = 0, found = 0] = shares({ lost: 1, found: 12_000 });
    expect(lost).toBeGreaterThan(0.08);
    expect(lost + found).toBeCloseTo(1);
  });

  it("is whole for a single kind, and nothing without any", () => {
    expect(arcsOf({})).toEqual([]);
    expect(pathOf({ kind: "lost", from: 0.25, to: 1.25 }, 45, 0.01).match(/A/g)).toHaveLength(2);
    expect(pathOf({ kind: "lost", from: 0.25, to: 0.75 }, 45, 0.01).match(/A/g)).toHaveLength(1);
  });
});

describe("a cluster on the map", () => {
  it("is as large as its count, within bounds", () => {
    expect([1, 10, 100, 1_000, 10_000, 1_000_000].map(clusterSize)).toEqual([44, 50, 54, 60, 64, 64]);
  });

  it("says its count in short, and each kind by a sign of its own", () => {
    const drawn = clusterElement(cluster({ count: 1_234, kinds: { lost: 1_000, found: 234 } }));
    expect(drawn).toHaveTextContent("1.2k");
    const signs = [...drawn.querySelectorAll(".cluster__sign path")].map((path) => path.getAttribute("d"));
    expect(new Set(signs).size).toBe(2);
  });

  it("shows the newest picture when there is one", () => {
    expect(clusterElement(cluster()).querySelector("img")).toBeNull();
    const drawn = clusterElement(cluster({ thumbnail: "/renditions/p/d-160.webp" }));
    expect(drawn.querySelector("img")?.getAttribute("src")).toBe("/renditions/p/d-160.webp");
  });

  it("is a button that says what it stands for", () => {
    const element = document.createElement("div");
    describeMark(element, cluster());
    expect(element).toHaveAttribute("role", "button");
    expect(element).toHaveAccessibleName("41 announcements: 12 lost, 29 found; zoom in");
  });
});

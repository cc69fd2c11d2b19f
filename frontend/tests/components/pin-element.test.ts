import { expect, it } from "vitest";
import { describeMark, markElement, markLabel } from "@/components/pin-element";
import type { Cluster } from "@/lib/pins";
import { pin } from "../builders";

const drawing = (element: HTMLElement, part: string) =>
  element.querySelector(`${part} path`)?.getAttribute("d");

it("gives each kind an outline and a sign of its own, so that colour is never alone", () => {
  const marks = [
    pin({ kind: "lost" }),
    pin({ kind: "found" }),
    pin({ kind: "sighting" }),
    pin({ status: "reunited" }),
  ].map(markElement);
  expect(new Set(marks.map((mark) => mark.className)).size).toBe(4);
  expect(new Set(marks.map((mark) => drawing(mark, ".pin__badge"))).size).toBe(4);
});

it("shows the thumbnail, and the animal while there is none", () => {
  const withPicture = markElement(pin({ thumbnail: "/renditions/p/d-160.webp" }));
  expect(withPicture.querySelector("img")?.getAttribute("src")).toBe("/renditions/p/d-160.webp");
  expect(drawing(markElement(pin({ species: "cat" })), ".pin__animal")).toBeTruthy();
});

it("is named on the element itself, in words", () => {
  const element = document.createElement("div");
  describeMark(element, pin({ kind: "lost", title: "<b>Rex</b>" }));
  expect(element).toHaveAttribute("role", "img");
  expect(element.getAttribute("aria-label")).toMatch(/^Lost: <b>Rex<\/b>, Dog, /);
});

it("counts what a cluster stands for", () => {
  const bounds: Cluster["bounds"] = [0, 0, 1, 1];
  const cluster: Cluster = {
    id: "c",
    count: 41,
    kinds: { lost: 12, found: 29 },
    bounds,
    latitude: 0,
    longitude: 0,
  };
  expect(markElement(cluster)).toHaveTextContent("41");
  expect(markLabel(cluster)).toContain("41 announcements");
});

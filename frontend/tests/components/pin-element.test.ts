import { expect, it } from "vitest";
import { describeMark, markElement } from "@/components/pin-element";
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

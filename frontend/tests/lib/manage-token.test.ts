import { afterEach, expect, it, vi } from "vitest";
import { manageLink, takeToken, tokenOf } from "@/lib/manage-token";

afterEach(() => window.history.replaceState(null, "", "/"));

it("puts the token into the fragment, which no server sees", () => {
  expect(new URL(manageLink("abc", "secret")).hash).toBe("#secret");
  expect(new URL(manageLink("abc", "secret")).pathname).toBe("/manage/abc");
});

it("takes the token out of the address and keeps it on the device", () => {
  window.history.replaceState(null, "", "/manage/abc#secret");
  expect(takeToken("abc")).toBe("secret");
  expect(window.location.href).not.toContain("secret");
  expect(tokenOf("abc")).toBe("secret");
  expect(takeToken("abc")).toBe("secret");
});

it("leaves it in the address where the device keeps nothing", () => {
  window.history.replaceState(null, "", "/manage/abc#secret");
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(takeToken("abc")).toBe("secret");
  expect(window.location.hash).toBe("#secret");
});

it("finds none where there is none", () => {
  expect(takeToken("abc")).toBeNull();
});

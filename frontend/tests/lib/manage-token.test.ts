import { afterEach, expect, it, vi } from "vitest";
import {
  forgetToken,
  givenToken,
  isOnDevice,
  keepToken,
  keptAnnouncements,
  manageLink,
  noteTitle,
  settleToken,
  tokenIn,
  tokenOf,
} from "@/lib/manage-token";

afterEach(() => {
  window.history.replaceState(null, "", "/");
  forgetToken("abc");
});

const keepNothing = () =>
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

it("puts the token into the fragment, which no server sees", () => {
  expect(new URL(manageLink("abc", "secret")).hash).toBe("#secret");
  expect(new URL(manageLink("abc", "secret")).pathname).toBe("/manage/abc");
});

it("takes the token out of the address once it has opened its announcement", () => {
  window.history.replaceState(null, "", "/manage/abc#secret");
  expect(givenToken("abc")).toBe("secret");
  expect(tokenOf("abc")).toBeNull();
  settleToken("abc", "secret", "Brown dog");
  expect(window.location.href).not.toContain("secret");
  expect(givenToken("abc")).toBe("secret");
});

it("loses no kept token to a link that was cut", () => {
  keepToken("abc", "secret");
  window.history.replaceState(null, "", "/manage/abc#sec");
  expect(givenToken("abc")).toBe("sec");
  expect(tokenOf("abc")).toBe("secret");
});

it("leaves it in the address where the device keeps nothing", () => {
  window.history.replaceState(null, "", "/manage/abc#secret");
  keepNothing();
  settleToken("abc", "secret", "Brown dog");
  expect(window.location.hash).toBe("#secret");
  expect(givenToken("abc")).toBe("secret");
});

it("is not lost where the device keeps nothing, as long as the page is open", () => {
  keepToken("abc", "secret");
  expect(isOnDevice("abc")).toBe(true);
  keepNothing();
  expect(keepToken("abc", "newer", "Brown dog")).toBe(false);
  expect(tokenOf("abc")).toBe("newer");
  expect(isOnDevice("abc")).toBe(false);
  expect(keptAnnouncements()).toMatchObject([{ id: "abc", token: "newer", title: "Brown dog" }]);
  forgetToken("abc");
  expect(tokenOf("abc")).toBeNull();
});

it("finds none where there is none", () => {
  expect(givenToken("abc")).toBeNull();
});

it.each([
  ["https://example.org/manage/abc#secret", "secret"],
  [" #secret ", "secret"],
  ["secret", "secret"],
  ["", ""],
])("reads the token of what was pasted: %j", (pasted, token) => expect(tokenIn(pasted)).toBe(token));

it("breaks on no mangled link", () => {
  window.history.replaceState(null, "", "/manage/abc#%E0%A4%A");
  expect(givenToken("abc")).toBe("%E0%A4%A");
});

it("lists what this device can manage, newest first, with its titles", () => {
  vi.useFakeTimers({ now: new Date("2026-11-20T12:00:00Z") });
  keepToken("abc", "secret", "Brown dog");
  vi.setSystemTime(new Date("2026-11-21T12:00:00Z"));
  keepToken("def", "other");
  noteTitle("def", "Grey cat");
  noteTitle("ghi", "Nobody's");
  keepToken("abc", "secret"); // opened once more by its link: neither its title nor its day is lost
  vi.useRealTimers();
  expect(keptAnnouncements()).toEqual([
    { id: "def", token: "other", title: "Grey cat", kept_at: "2026-11-21T12:00:00.000Z" },
    { id: "abc", token: "secret", title: "Brown dog", kept_at: "2026-11-20T12:00:00.000Z" },
  ]);
  forgetToken("def");
  expect(keptAnnouncements().map(({ id }) => id)).toEqual(["abc"]);
});

it("still knows tokens that were kept alone, and passes over what is broken", () => {
  localStorage.setItem("homeward.manage.old", "secret");
  localStorage.setItem("homeward.manage.broken", "{");
  localStorage.setItem("homeward.manage.empty", '{"token":1}');
  expect(keptAnnouncements()).toEqual([{ id: "old", token: "secret", kept_at: "" }]);
  expect(tokenOf("broken")).toBeNull();
  noteTitle("old", "Brown dog");
  expect(tokenOf("old")).toBe("secret");
});

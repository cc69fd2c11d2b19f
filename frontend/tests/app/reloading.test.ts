import { beforeEach, expect, it, vi } from "vitest";
import { reloadWhenOutdated } from "@/app/reloading";

const reload = vi.fn();
const missesAPart = () => window.dispatchEvent(new Event("vite:preloadError", { cancelable: true }));

reloadWhenOutdated();

beforeEach(() => {
  sessionStorage.clear();
  reload.mockClear();
  vi.stubGlobal("location", { reload });
});

it("loads an outdated page anew once, and then says that something is wrong", () => {
  expect(missesAPart()).toBe(false); // handled
  expect(missesAPart()).toBe(true);
  expect(reload).toHaveBeenCalledTimes(1);
});

it("does not load anew what cannot be loaded without a network", () => {
  vi.stubGlobal("navigator", { onLine: false });
  expect(missesAPart()).toBe(true);
  expect(reload).not.toHaveBeenCalled();
});

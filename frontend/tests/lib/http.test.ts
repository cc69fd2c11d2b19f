import { afterEach, expect, it, vi } from "vitest";
import { api } from "@/lib/api";
import { Problem, Unreachable } from "@/lib/problem";
import { announcement } from "../builders";
import { serve } from "../server";

/** A network that leads nowhere: what is asked there ends only when it is given up. */
const leadsNowhere = () =>
  vi.stubGlobal(
    "fetch",
    ({ signal }: Request) =>
      new Promise((_, reject) => {
        const end = () => reject(new DOMException("The operation was aborted.", "AbortError"));
        if (signal.aborted) end();
        signal.addEventListener("abort", end);
      }),
  );

afterEach(() => vi.useRealTimers());

it("fills the path, leaves out what is undefined, and asks with what it was given", async () => {
  const calls = serve({ "GET /api/announcements": () => ({ body: { features: [] } }) });
  await api.announcements({ bbox: "1,2,3,4", zoom: 5, kind: undefined });
  expect(String(calls[0]?.search)).toBe("bbox=1%2C2%2C3%2C4&zoom=5");
});

it("sends JSON with the token and the key of its sender", async () => {
  const calls = serve({ "PATCH /api/announcements/a": () => ({ body: announcement() }) });
  await api.change("a", "secret", { title: "Grey dog" });
  expect(calls[0]?.headers.get("Authorization")).toBe("Bearer secret");
  expect(calls[0]?.headers.get("Content-Type")).toBe("application/json");
  expect(calls[0]?.body).toEqual({ title: "Grey dog" });
});

it("tells a refusal from no answer, and takes an empty answer for none", async () => {
  serve({
    "GET /api/announcements/gone": () => ({
      status: 410,
      body: { detail: "This announcement was withdrawn." },
    }),
    "GET /api/announcements/away": () => "unreachable",
    "DELETE /api/announcements/a": () => ({ status: 204 }),
  });
  await expect(api.announcement("gone")).rejects.toBeInstanceOf(Problem);
  await expect(api.announcement("away")).rejects.toBeInstanceOf(Unreachable);
  await expect(api.withdraw("a", "secret")).resolves.toBeUndefined();
});

it("takes no answer within 20 seconds for no network", async () => {
  vi.useFakeTimers();
  leadsNowhere();
  const asked = api.announcement("a").catch((reason: unknown) => reason);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await asked).toBeInstanceOf(Unreachable);
});

it("does not wait for an answer any more once it has come", async () => {
  vi.useFakeTimers();
  serve({ "GET /api/announcements/a": () => ({ body: announcement() }) });
  await api.announcement("a");
  expect(vi.getTimerCount()).toBe(0);
});

it.each(["before", "after"])(
  "tells that somebody gave up, not that nobody was reached (%s)",
  async (when) => {
    leadsNowhere();
    const given = new AbortController();
    if (when === "before") given.abort();
    const asked = api.announcements({ bbox: "1,2,3,4" }, given.signal);
    given.abort();
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  },
);

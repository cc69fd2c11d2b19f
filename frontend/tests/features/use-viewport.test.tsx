import { focusManager, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { PropsWithChildren } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EVERYTHING } from "@/features/map/filters";
import { type Shown, useViewport } from "@/features/map/use-viewport";
import { boundsAround } from "@/lib/bounds";
import { queryClient } from "@/lib/query-client";
import { cluster, collection, pin, summary } from "../builders";
import { serve } from "../server";

const around = (longitude: number, zoom = 13): Shown => ({
  bounds: boundsAround({ latitude: 50.0612, longitude, zoom }, 300, 300),
  zoom,
});
const HERE = around(19.9387);
const NEARBY = around(19.95);
const FAR = around(25);

const wrapper = ({ children }: PropsWithChildren) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
);
const show = (shown: Shown) =>
  renderHook((now: Shown) => useViewport(now, EVERYTHING), { wrapper, initialProps: shown });

const there = pin({ id: "there", longitude: 25 });
const both = () =>
  serve({
    "GET /api/announcements": ({ search }) => {
      const isHere = Number(search.get("bbox")?.split(",")[0]) < 22;
      return { body: collection(isHere ? [pin()] : [there]) };
    },
  });

it("asks nothing while the map moves inside of what was answered", async () => {
  const calls = both();
  const { result, rerender } = show(HERE);
  await waitFor(() => expect(result.current.isAnswered).toBe(true));
  rerender(NEARBY);
  rerender(around(19.94, 12));
  expect(result.current.isAnswered).toBe(true);
  expect(calls).toHaveLength(1);
});

it("keeps what is drawn until the next answer is there, and asks once for it", async () => {
  const calls = both();
  const { result, rerender } = show(HERE);
  await waitFor(() => expect(result.current.isAnswered).toBe(true));
  rerender(FAR);
  expect(result.current.isAnswered).toBe(false);
  expect(result.current.marks).toEqual([pin()]);
  await waitFor(() => expect(result.current.marks).toEqual([there]));
  expect(calls).toHaveLength(2);
});

it("asks nothing on the way back, as long as the answer is fresh", async () => {
  const calls = both();
  const { result, rerender } = show(HERE);
  await waitFor(() => expect(result.current.marks).toEqual([pin()]));
  rerender(FAR);
  await waitFor(() => expect(result.current.marks).toEqual([there]));
  rerender(HERE);
  expect(result.current.marks).toEqual([pin()]);
  expect(calls).toHaveLength(2);
});

it("lists what is to be seen, and draws all of the tiles", async () => {
  const aside = pin({ id: "aside", longitude: 19.7 });
  const large = cluster({ count: 1_200 });
  const outside = cluster({ bounds: [19.6875, 49.921875, 19.7, 49.93] });
  serve({ "GET /api/announcements": () => ({ body: summary([cluster(), outside, large], [pin(), aside]) }) });
  const { result } = show(HERE);
  await waitFor(() => expect(result.current.marks).toHaveLength(5));
  expect(result.current.pins).toEqual([pin()]);
  expect(result.current.clusters.map(({ count }) => count)).toEqual([1_200, 41]);
});

describe("in time", () => {
  const seconds = (count: number) => act(() => vi.advanceTimersByTimeAsync(count * 1_000));

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    focusManager.setFocused(undefined);
    vi.useRealTimers();
  });

  it("asks again every 15 seconds", async () => {
    const calls = both();
    show(HERE);
    await seconds(1);
    await seconds(15);
    expect(calls).toHaveLength(2);
  });

  it("asks again every minute where it is counted", async () => {
    const calls = serve({ "GET /api/announcements": () => ({ body: summary([cluster()]) }) });
    show(HERE);
    await seconds(1);
    await seconds(45);
    expect(calls).toHaveLength(1);
    await seconds(15);
    expect(calls).toHaveLength(2);
  });

  it("asks nothing while nobody looks", async () => {
    const calls = both();
    show(HERE);
    await seconds(1);
    act(() => focusManager.setFocused(false));
    await seconds(300);
    expect(calls).toHaveLength(1);
    act(() => focusManager.setFocused(true));
    await seconds(1);
    expect(calls).toHaveLength(2);
  });
});

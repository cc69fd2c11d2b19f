import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import type { PetMapProps } from "@/components/PetMap";
import { MapPage } from "@/features/map";
import { boundsAround } from "@/lib/bounds";
import { lastView, type MapView, rememberView, WORLD } from "@/lib/map-view";
import { collection, pin } from "../builders";
import { serve } from "../server";
import { open } from "./page";

const { Stub } = vi.hoisted(() => ({ Stub: { props: null as PetMapProps | null } }));
vi.mock("@/components/PetMap", () => ({
  default: (props: PetMapProps) => {
    Stub.props = props;
    return null;
  },
}));

const VIEWER = { latitude: 50.1, longitude: 19.9 };
const CONFIG = { stage: "test", tiles: null, pictures: {}, lifetime_days: {} };
const KRAKOW: MapView = { latitude: 50.06, longitude: 19.94, zoom: 13 };

beforeEach(() => {
  const box = { width: 800, height: 600 } as DOMRect;
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(box);
  Stub.props = null;
});

function visit(viewer: typeof VIEWER | null, address = "/") {
  const calls = serve({
    "GET /api/config": () => ({ body: { ...CONFIG, viewer } }),
    "GET /api/announcements": () => ({ body: collection([pin()]) }),
  });
  open("/", <MapPage />, address);
  return () => calls.filter(({ path }) => path === "/api/announcements");
}

/** What the map's library tells once a view is drawn, or once a hand has moved it there. */
const mapIsAt = (view: MapView) => act(async () => Stub.props?.onMove?.(view, boundsAround(view, 800, 600)));

const shownView = () => Stub.props?.view;

it("begins near the visitor, and asks nothing about the world before", async () => {
  const asked = visit(VIEWER);
  await waitFor(() => expect(shownView()).toMatchObject(VIEWER));
  await screen.findByText("1 announcement in view");
  expect(asked().map(({ search }) => search.get("zoom"))).toEqual(["10"]);
});

it("begins with the world where nobody knows where the visitor is", async () => {
  const asked = visit(null);
  await waitFor(() => expect(asked()).toHaveLength(1));
  expect(shownView()).toEqual(WORLD);
});

it("begins where the person left the map, or where the address says", async () => {
  rememberView(KRAKOW);
  visit(VIEWER);
  await waitFor(() => expect(shownView()).toEqual(KRAKOW));
});

it("keeps to the address", async () => {
  rememberView(KRAKOW);
  visit(VIEWER, "/?at=54.35200,18.64660,12");
  await waitFor(() => expect(shownView()).toEqual({ latitude: 54.352, longitude: 18.6466, zoom: 12 }));
});

it("does not jump once the person has moved the map", async () => {
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  serve({ "GET /api/announcements": () => ({ body: collection([pin()]) }) });
  const answer = fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (!request.url.endsWith("/api/config")) return answer(request);
    await told;
    return new Response(JSON.stringify({ ...CONFIG, viewer: VIEWER }));
  });
  open("/", <MapPage />, "/");
  await waitFor(() => expect(shownView()).toEqual(WORLD));
  await mapIsAt(WORLD);
  await mapIsAt(KRAKOW);
  await act(async () => tell());
  await screen.findByText("1 announcement in view");
  expect(shownView()).toEqual(WORLD); // the same as before: the map stays where the hand has put it
  expect(screen.getByTestId("address")).toHaveTextContent("at=50.06000%2C19.94000%2C13");
});

it("remembers what the person chose, and not where they happened to begin", async () => {
  visit(VIEWER);
  await waitFor(() => expect(shownView()).toMatchObject(VIEWER));
  await mapIsAt({ ...VIEWER, zoom: 10 });
  expect(lastView()).toBeNull();
  expect(screen.getByTestId("address").textContent).toBe("/");
  await mapIsAt(KRAKOW);
  expect(lastView()).toEqual(KRAKOW);
});

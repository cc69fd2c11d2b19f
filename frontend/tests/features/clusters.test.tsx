import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { PetMapProps } from "@/components/PetMap";
import { MapPage } from "@/features/map";
import { viewInto } from "@/features/map/use-map-state";
import { boundsAround } from "@/lib/bounds";
import { formatView } from "@/lib/map-view";
import { cluster, collection, pin, summary } from "../builders";
import { serve } from "../server";
import { open } from "./page";

const { Stub } = vi.hoisted(() => ({ Stub: { view: null as PetMapProps["view"] | null } }));
vi.mock("@/components/PetMap", () => ({
  default: ({ view }: PetMapProps) => {
    Stub.view = view;
    return null;
  },
}));

const HERE = "/?at=50.06120,19.93870,10&time=all";
const SIZE = [800, 600] as const;
const small = cluster({ bounds: [19.9, 50.0, 19.95, 50.05], count: 7, kinds: { lost: 7 } });
const large = cluster({ count: 1_227, kinds: { lost: 27, found: 1_200 } });

beforeEach(() => {
  const [width, height] = SIZE;
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue({ width, height } as DOMRect);
});

const answering = (delay: number) =>
  serve({ "GET /api/announcements": () => ({ body: summary([small, large], [pin()], delay) }) });

it("lists single announcements first and then the clusters by count", async () => {
  answering(60);
  open("/", <MapPage />, HERE);
  const list = await screen.findByRole("list", { name: "Announcements on the map" });
  const lines = within(list).getAllByRole("listitem");
  expect(lines[0]).toHaveTextContent("Brown dog");
  expect(lines[1]).toHaveTextContent("1,227 announcements here: 27 lost, 1,200 found");
  expect(lines[2]).toHaveTextContent("7 announcements here: 7 lost");
});

it("tells how many there are about the area, and how far the counts may be behind", async () => {
  answering(300);
  open("/", <MapPage />, HERE);
  expect(await screen.findByText("1,235 announcements in this area")).toHaveAttribute("role", "status");
  expect(screen.getByText("Counts may be up to 5 minutes behind.")).not.toHaveAttribute("role");
});

it("zooms into a cluster from the list, and keeps the keyboard there", async () => {
  answering(60);
  open("/", <MapPage />, HERE);
  const list = await screen.findByRole("list", { name: "Announcements on the map" });
  const [, line] = within(list).getAllByRole("listitem");
  const button = within(line as HTMLElement).getByRole("button", { name: "Zoom in" });
  expect(button).toHaveAccessibleDescription("1,227 announcements here: 27 lost, 1,200 found");
  await userEvent.click(button);
  expect(Stub.view && formatView(Stub.view)).toBe(formatView(viewInto(large, 10, ...SIZE)));
  expect(screen.getByRole("region", { name: "What is on the map" })).toHaveFocus();
});

it("lists what is counted one by one, newest first, and goes on where the first page ends", async () => {
  const next = "https://homeward.test/api/announcements?limit=30&cursor=abc";
  const calls = serve({
    "GET /api/announcements": ({ search }) => {
      if (search.has("zoom")) return { body: summary([large]) };
      const older = pin({ id: "b".repeat(20), title: "Old dog" });
      return { body: search.get("cursor") ? collection([older]) : collection([pin()], next) };
    },
  });
  open("/", <MapPage />, HERE);
  await screen.findByText("1,227 announcements in this area");
  const button = screen.getByRole("button", { name: "List them one by one, newest first" });
  await userEvent.click(button);
  const list = screen.getByRole("list", { name: "Announcements on the map" });
  expect(await within(list).findByRole("link", { name: /Brown dog/ })).toBeInTheDocument();
  expect(within(list).queryByText(/announcements here/)).toBeNull();
  await userEvent.click(within(list).getByRole("button", { name: "Show older ones" }));
  expect(await within(list).findByRole("link", { name: /Old dog/ })).toBeInTheDocument();
  expect(screen.getByText("Older ones")).toHaveFocus();
  expect(calls.map(({ search }) => search.get("cursor")).filter(Boolean)).toEqual(["abc"]);
  await userEvent.click(screen.getByRole("button", { name: "Count them by area again" }));
  expect(screen.queryByText("Old dog")).toBeNull();
  expect(screen.getByText(/announcements here/)).toBeInTheDocument();
});

it("shows all of a cluster's bounds, as close as they fit", () => {
  const view = viewInto(small, 10, ...SIZE);
  const [west, south, east, north] = small.bounds;
  const seen = boundsAround(view, ...SIZE);
  expect(seen.west <= west && seen.south <= south && seen.east >= east && seen.north >= north).toBe(true);
  expect(view.zoom).toBe(13);
});

it("goes at least one zoom closer, to where the announcements are", () => {
  const { latitude, longitude } = small;
  expect(viewInto(small, 13, ...SIZE)).toEqual({ latitude, longitude, zoom: 14 });
  expect(viewInto(small, 19, ...SIZE).zoom).toBe(19);
});

it("stops at the street where the bounds are a point", () => {
  expect(viewInto(cluster({ bounds: [19.9, 50, 19.9, 50] }), 10, ...SIZE).zoom).toBe(17);
  expect(viewInto(cluster({ bounds: [19.9, 50, 19.90001, 50.00001] }), 17, ...SIZE).zoom).toBe(18);
});

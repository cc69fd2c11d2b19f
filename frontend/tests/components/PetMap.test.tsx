import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import PetMap from "@/components/PetMap";
import { cluster, pin } from "../builders";

const VIEW = { latitude: 50.0612, longitude: 19.9387, zoom: 13 };

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
});

const TILES = { url: "/tiles/{z}/{x}/{y}.png", attribution: "© OpenStreetMap" };

it("names its pins, and keeps the keyboard out of them", () => {
  render(<PetMap label="Map" view={VIEW} tiles={TILES} marks={[pin()]} />);
  const mark = screen.getByRole("img", { name: /^Found: Brown dog/ });
  expect(mark).not.toHaveAttribute("tabindex");
});

it("keeps the element of a pin that stays, and removes the one that leaves", () => {
  const { rerender } = render(
    <PetMap label="Map" view={VIEW} tiles={TILES} marks={[pin(), pin({ id: "b", title: "B" })]} />,
  );
  const before = screen.getByRole("img", { name: /^Found: Brown dog/ });
  rerender(<PetMap label="Map" view={VIEW} tiles={TILES} marks={[pin()]} />);
  expect(screen.getByRole("img", { name: /^Found: Brown dog/ })).toBe(before);
  expect(screen.queryByRole("img", { name: /^Found: B,/ })).toBeNull();
});

it("tells which pin was pressed and where the map is", () => {
  const choose = vi.fn();
  const move = vi.fn();
  render(<PetMap label="Map" view={VIEW} tiles={TILES} marks={[pin()]} onChoose={choose} onMove={move} />);
  fireEvent.click(screen.getByRole("img", { name: /^Found: Brown dog/ }));
  expect(choose).toHaveBeenCalledWith(pin());
  expect(move.mock.lastCall?.[0]).toMatchObject({ zoom: 13 });
});

it("lifts the pin that is pointed at in the list", () => {
  const { rerender } = render(
    <PetMap label="Map" view={VIEW} tiles={TILES} marks={[pin()]} highlighted={pin().id} />,
  );
  const mark = screen.getByRole("img", { name: /^Found: Brown dog/ });
  expect(mark).toHaveClass("mark--highlighted");
  rerender(<PetMap label="Map" view={VIEW} tiles={TILES} marks={[pin()]} highlighted={null} />);
  expect(mark).not.toHaveClass("mark--highlighted");
});

it("goes where a new view says", () => {
  const move = vi.fn();
  const { rerender } = render(<PetMap label="Map" view={VIEW} tiles={TILES} onMove={move} />);
  rerender(
    <PetMap
      label="Map"
      view={{ latitude: 33.77, longitude: -118.19, zoom: 11 }}
      tiles={TILES}
      onMove={move}
    />,
  );
  expect(move.mock.lastCall?.[0].zoom).toBe(11);
  expect(move.mock.lastCall?.[0].latitude).toBeCloseTo(33.77, 2);
});

const PICTURED = cluster({ thumbnail: "/renditions/p/d-160.webp" });

it("changes a cluster in place, its picture included, so that it never blinks", () => {
  const map = (marks: (typeof PICTURED)[]) => (
    <PetMap label="Map" view={VIEW} tiles={TILES} marks={marks} highlighted={PICTURED.id} />
  );
  const { rerender } = render(map([PICTURED]));
  const before = screen.getByRole("button", { name: /^41 announcements/ });
  const picture = before.querySelector("img");
  rerender(map([{ ...PICTURED, count: 1_042, kinds: { lost: 13, found: 1_029 } }]));
  const name = "1,042 announcements: 13 lost, 1,029 found; zoom in";
  expect(screen.getByRole("button", { name })).toBe(before);
  expect(before).toHaveTextContent("1k");
  expect(before.querySelector("img")).toBe(picture);
  expect(before).toHaveClass("mark--highlighted");
});

it("chooses a cluster by click and by Enter, as it is by then", () => {
  const choose = vi.fn();
  const map = (marks: (typeof PICTURED)[]) => (
    <PetMap label="Map" view={VIEW} tiles={TILES} marks={marks} onChoose={choose} />
  );
  const { rerender } = render(map([PICTURED]));
  const grown = { ...PICTURED, count: 42 };
  rerender(map([grown]));
  const button = screen.getByRole("button", { name: /^42 announcements/ });
  fireEvent.click(button);
  fireEvent.keyDown(button, { key: "Enter" });
  fireEvent.keyDown(button, { key: "a" });
  expect(choose.mock.calls).toEqual([[grown], [grown]]);
});

it("draws a mark on the copy of the world that is nearest, wherever the map has come", () => {
  const marks = [pin({ latitude: 0, longitude: -100 })];
  const map = (longitude: number) => (
    <PetMap label="Map" view={{ latitude: 0, longitude, zoom: 2 }} tiles={TILES} marks={marks} />
  );
  const { rerender } = render(map(0));
  rerender(map(90));
  rerender(map(170));
  const fromMiddle = leftOf(screen.getByRole("img", { name: /^Found/ }));
  expect(fromMiddle).toBeCloseTo((1024 * 90) / 360, -1); // at 260 degrees, not at -100
});

/** Where Leaflet puts an element, in pixels of the map's pane; jsdom knows no transforms. */
const leftOf = ({ style }: HTMLElement) => Number.parseFloat(style.left);

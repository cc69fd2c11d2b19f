import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import PetMap from "@/components/PetMap";
import { pin } from "../builders";

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

import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import PlaceSearch from "@/components/PlaceSearch";
import type { FoundPlace } from "@/lib/gazetteer";
import { Unreachable } from "@/lib/problem";

const { find } = vi.hoisted(() => ({ find: vi.fn<(text: string) => Promise<FoundPlace[]>>() }));
vi.mock("@/lib/gazetteer", () => ({ findPlaces: find, preloadGazetteer: () => undefined }));

const place = (name: string, changes: Partial<FoundPlace> = {}): FoundPlace => ({
  name,
  usual: null,
  where: "Poland",
  latitude: 50,
  longitude: 20,
  zoom: 12,
  ...changes,
});
const KRAKOW = place("Kraków");
const KRASNIK = place("Kraśnik", { latitude: 51 });

beforeEach(() => void find.mockReset().mockResolvedValue([KRAKOW, KRASNIK]));

const field = () => screen.getByRole("combobox", { name: "Find a town or village" });

it("shows what is found below the field, and says how many there are", async () => {
  render(<PlaceSearch onFound={vi.fn()} />);
  expect(field()).toHaveAttribute("aria-expanded", "false");
  await userEvent.type(field(), "kra");
  expect(await screen.findByRole("option", { name: /Kraków/ })).toBeInTheDocument();
  expect(field()).toHaveAttribute("aria-expanded", "true");
  expect(field()).toHaveAttribute("aria-controls", screen.getByRole("listbox").id);
  expect(screen.getByText("2 places found")).toHaveAttribute("role", "status");
  expect(screen.getByRole("link", { name: /GeoNames, CC BY 4.0/ })).toBeInTheDocument();
});

it("is used by the keyboard alone: down, up, around, Enter", async () => {
  const found = vi.fn();
  render(<PlaceSearch onFound={found} />);
  await userEvent.type(field(), "kra");
  await screen.findAllByRole("option");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  const [, second] = screen.getAllByRole("option");
  expect(field()).toHaveAttribute("aria-activedescendant", second?.id);
  expect(second).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{ArrowDown}{ArrowUp}{Enter}");
  expect(found).toHaveBeenCalledWith(KRASNIK);
  expect(field()).toHaveValue("Kraśnik");
  expect(screen.queryByRole("option")).toBeNull();
});

it("takes the first one where Enter is pressed at once", async () => {
  const found = vi.fn();
  render(<PlaceSearch onFound={found} />);
  await userEvent.type(field(), "kra");
  await screen.findAllByRole("option");
  await userEvent.keyboard("{Enter}");
  expect(found).toHaveBeenCalledWith(KRAKOW);
});

it("closes by Escape, and is emptied by another one", async () => {
  render(<PlaceSearch onFound={vi.fn()} />);
  await userEvent.type(field(), "kra");
  await screen.findAllByRole("option");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("option")).toBeNull();
  expect(field()).toHaveValue("kra");
  await userEvent.keyboard("{Escape}");
  expect(field()).toHaveValue("");
});

it("is used by hand: a place is pressed, and the field is cleared", async () => {
  const found = vi.fn();
  render(<PlaceSearch onFound={found} />);
  await userEvent.type(field(), "kra");
  await userEvent.click(await screen.findByRole("option", { name: /Kraśnik/ }));
  expect(found).toHaveBeenCalledWith(KRASNIK);
  await userEvent.click(screen.getByRole("button", { name: "Clear the search" }));
  expect(field()).toHaveValue("");
  expect(field()).toHaveFocus();
});

it("tells the usual name of a place that was found by another one", async () => {
  find.mockResolvedValue([place("Londyn", { usual: "London", where: "United Kingdom" })]);
  render(<PlaceSearch onFound={vi.fn()} />);
  await userEvent.type(field(), "londyn");
  expect(await screen.findByRole("option")).toHaveTextContent("Londyn (London)United Kingdom");
});

it("says that there is no such place, and that the list could not be loaded", async () => {
  find.mockResolvedValue([]);
  render(<PlaceSearch onFound={vi.fn()} />);
  await userEvent.type(field(), "xyz");
  expect(await screen.findByText(/No place of this name/)).toBeInTheDocument();
  find.mockRejectedValue(new Unreachable());
  await userEvent.type(field(), "x");
  expect(await screen.findByRole("alert")).toHaveTextContent("could not be loaded");
});

it("shows what was typed last, whichever answer comes last", async () => {
  let late: (places: FoundPlace[]) => void = () => undefined;
  find.mockImplementation((text) =>
    text === "kr" ? new Promise((resolve) => (late = resolve)) : Promise.resolve([KRASNIK]),
  );
  render(<PlaceSearch onFound={vi.fn()} />);
  await userEvent.type(field(), "kra");
  expect(await screen.findByRole("option")).toHaveTextContent("Kraśnik");
  late([KRAKOW]);
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("option")).toHaveTextContent("Kraśnik");
});

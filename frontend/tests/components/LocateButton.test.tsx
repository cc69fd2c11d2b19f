import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { LocateButton } from "@/components/LocateButton";

const locating = (getCurrentPosition: Geolocation["getCurrentPosition"]) =>
  vi.stubGlobal("navigator", { ...navigator, geolocation: { getCurrentPosition } });

const failing = (code: number) => locating((_, failed) => failed?.({ code } as GeolocationPositionError));

async function press(onFound = vi.fn()) {
  render(<LocateButton onFound={onFound} />);
  await userEvent.click(screen.getByRole("button", { name: "Use my location" }));
  return onFound;
}

it("tells where the device is", async () => {
  locating((found) => found({ coords: { latitude: 50.06, longitude: 19.94 } } as GeolocationPosition));
  expect(await press()).toHaveBeenCalledWith({ latitude: 50.06, longitude: 19.94 });
});

it.each([
  [1, /may not see your location/],
  [2, /could not be found/],
  [3, /takes too long/],
])("says what went wrong, and what to do instead (%i)", async (code, text) => {
  failing(code);
  expect(await press()).not.toHaveBeenCalled();
  expect(screen.getByRole("alert")).toHaveTextContent(text);
});

it("says so where there is nothing that could tell", async () => {
  vi.stubGlobal("navigator", { userAgent: "" });
  await press();
  expect(screen.getByRole("alert")).toHaveTextContent("could not be found");
});

import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Link, MemoryRouter, Route, Routes } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { Frame } from "@/app/Frame";
import { onDemand } from "@/lib/on-demand";

const Second = onDemand(() => Promise.resolve(() => <h1>Second page</h1>));

const show = () =>
  render(
    <MemoryRouter>
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<Link to="/second">on</Link>} />
          <Route path="second" element={<Second />} />
        </Route>
      </Routes>
    </MemoryRouter>,
  );

const goes = (online: boolean) => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(online);
  act(() => void window.dispatchEvent(new Event(online ? "online" : "offline")));
};

beforeEach(() => vi.useRealTimers());

it("moves the focus to the heading of the page that is opened", async () => {
  show();
  await userEvent.click(screen.getByRole("link", { name: "on" }));
  const heading = await screen.findByRole("heading", { name: "Second page" });
  await waitFor(() => expect(heading).toHaveFocus());
});

it("tells the styles which look the page has", async () => {
  show();
  expect(document.documentElement.dataset.page).toBe("map");
  await userEvent.click(screen.getByRole("link", { name: "on" }));
  expect(document.documentElement.dataset.page).toBe("other");
});

it("offers the other language by its own name", async () => {
  show();
  const button = screen.getByRole("button", { name: "Polski" });
  expect(button).toHaveAttribute("lang", "pl");
  await userEvent.click(button).catch(() => undefined); // jsdom cannot load a page anew
  expect(localStorage.getItem("language")).toBe("pl");
});

it("says that there is no network, that it is back, and then nothing more", () => {
  vi.useFakeTimers();
  show();
  goes(false);
  expect(screen.getByText("You are offline. You see what this device has kept.")).toBeVisible();
  goes(true);
  expect(screen.getByText("You are online again.")).toBeVisible();
  act(() => vi.advanceTimersByTime(5_000));
  expect(screen.queryByText("You are online again.")).toBeNull();
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { PosterPage } from "@/features/poster";
import { qrPath } from "@/features/poster/qr-path";
import { keepToken } from "@/lib/manage-token";
import { announcement, ID, picture, TOKEN } from "../builders";
import { serve } from "../server";
import { open } from "./page";

const at = (answer: { status?: number; body?: unknown }) => {
  const calls = serve({ [`GET /api/announcements/${ID}`]: () => answer });
  open("/a/:id/poster", <PosterPage />, `/a/${ID}/poster`);
  return calls;
};

it("shows the word, the photo, when and roughly where, and the code of the page's address", async () => {
  at({ body: announcement({ pictures: [picture()] }) });
  expect(await screen.findByText("Found dog", { selector: ".sheet__word" })).toBeInTheDocument();
  expect(screen.getByAltText("Photo of the pet")).toHaveAttribute("src", "/renditions/p1/d-1600.webp");
  expect(screen.getByText("around 50.061, 19.939")).toBeInTheDocument();
  expect(screen.getByRole("img", { name: /QR code/ })).toBeInTheDocument();
  expect(screen.getAllByText(`${window.location.host}/a/${ID}`).length).toBeGreaterThan(0);
});

it("never shows a contact that its owner has not typed for it, and sends nothing of that", async () => {
  keepToken(ID, TOKEN);
  const calls = at({ body: announcement() });
  await userEvent.type(await screen.findByLabelText("Phone or another way to reach you"), "600 100 200");
  await userEvent.type(screen.getByLabelText("Where, in words"), "By the mill");
  expect(document.querySelector(".sheet__contact")).toHaveTextContent("600 100 200");
  expect(screen.getByText("By the mill")).toBeInTheDocument();
  expect(document.querySelector(".sheet")).not.toHaveTextContent("owner@example.org");
  expect(calls.filter(({ path }) => path !== "/api/config").map(({ method }) => method)).toEqual(["GET"]);
});

it("lets nobody else put words on it", async () => {
  localStorage.setItem(`homeward.poster.${ID}`, JSON.stringify({ contact: "600 100 200", place: "" }));
  at({ body: announcement() });
  await screen.findByText("Found dog", { selector: ".sheet__word" });
  expect(screen.queryByLabelText("Phone or another way to reach you")).toBeNull();
  expect(document.querySelector(".sheet")).not.toHaveTextContent("600 100 200");
});

it("prints once the photo is there", async () => {
  window.print = vi.fn();
  HTMLImageElement.prototype.decode = () => Promise.resolve();
  at({ body: announcement({ pictures: [picture()] }) });
  await userEvent.click(await screen.findByRole("button", { name: "Print the poster" }));
  await vi.waitFor(() => expect(window.print).toHaveBeenCalled());
});

it.each([
  [200, announcement({ status: "reunited" }), "This pet is home again"],
  [410, { detail: "This announcement was withdrawn.", state: "withdrawn" }, "was withdrawn"],
])("makes none for %i %#", async (status, body, text) => {
  at({ status, body });
  expect(await screen.findByText(new RegExp(text))).toBeInTheDocument();
  expect(document.querySelector(".sheet")).toBeNull();
});

it("draws a code with its quiet zone", () => {
  const { path, side } = qrPath("https://example.org/a/abcdefghijklmnopqrst");
  expect(side).toBe(29 + 2 * 4); // version 3, as small as such an address goes
  expect(path).toMatch(/^M4 4h7v1h-7z/);
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { DonePage } from "@/features/report";
import { forgetToken, keepToken } from "@/lib/manage-token";
import { announcement, ID, TOKEN } from "../builders";
import { serve } from "../server";
import { open } from "./page";

const ASKED = `GET /api/announcements/${ID}`;
const PRIVATE = `http://localhost:3000/manage/${ID}#${TOKEN}`;

const show = () => open("/report/done/:id", <DonePage />, `/report/done/${ID}`);

afterEach(() => forgetToken(ID));

it("shows the links to keep", async () => {
  serve({ [ASKED]: () => ({ body: announcement() }) });
  keepToken(ID, TOKEN);
  show();
  expect(await screen.findByRole("heading", { name: "Your announcement is on the map" })).toBeVisible();
  expect(screen.getByLabelText("Private link to manage it")).toHaveValue(PRIVATE);
  expect(screen.getByText(/It is kept on this device/)).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});

it("asks to copy the private link now where the browser keeps nothing", async () => {
  serve({ [ASKED]: () => ({ body: announcement() }) });
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  keepToken(ID, TOKEN);
  show();
  expect(await screen.findByRole("alert")).toHaveTextContent("copy the private link now");
  expect(screen.getByLabelText("Private link to manage it")).toHaveValue(PRIVATE);
  expect(screen.queryByText(/It is kept on this device/)).toBeNull();
});

it.each([404, 410])("does not say that what is gone is on the map (%i)", async (status) => {
  serve({ [ASKED]: () => ({ status, body: { title: "Gone" } }) });
  keepToken(ID, TOKEN);
  show();
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent(
    "This announcement is not on the map",
  );
  expect(screen.getByRole("link", { name: "Open its page" })).toHaveAttribute("href", `/a/${ID}`);
});

it("says what is wrong, keeps the links in sight and asks again when the server fails", async () => {
  let status = 500;
  serve({ [ASKED]: () => (status === 200 ? { body: announcement() } : { status }) });
  keepToken(ID, TOKEN);
  show();
  expect(await screen.findByRole("alert")).toHaveTextContent("Something went wrong on our side.");
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(/^Your announcement$/);
  expect(screen.getByLabelText("Private link to manage it")).toHaveValue(PRIVATE);
  status = 200;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { name: "Your announcement is on the map" })).toBeVisible();
});

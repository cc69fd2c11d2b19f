import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { ManagePage } from "@/features/manage";
import { keepToken, tokenOf } from "@/lib/manage-token";
import { ownChanges } from "@/lib/own-changes";
import { announcement, ID, picture, TOKEN } from "../builders";
import { serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const SHOW = `GET /api/announcements/${ID}`;
const CHANGE = `PATCH /api/announcements/${ID}`;
const show = () => open("/manage/:id", <ManagePage />, `/manage/${ID}`);
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => void keepToken(ID, TOKEN));

it("asks for the private link where it is not known", () => {
  localStorage.clear();
  serve({});
  show();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("opens with your private link");
});

it("shows what only its owner may see", async () => {
  const calls = serve({ [SHOW]: () => ({ body: announcement({ secret_mark: "a white toe" }) }) });
  show();
  expect(await screen.findByLabelText("E-mail")).toHaveValue("owner@example.org");
  expect(screen.getByLabelText("Secret mark")).toHaveValue("a white toe");
  expect(calls.find(({ path }) => path.endsWith(ID))?.headers.get("Authorization")).toBe(`Bearer ${TOKEN}`);
});

it("sends only what was changed", async () => {
  const calls = serve({
    [SHOW]: () => ({ body: announcement() }),
    [CHANGE]: () => ({ body: announcement({ title: "Grey dog" }) }),
  });
  show();
  const title = await screen.findByLabelText("Title");
  expect(screen.getByRole("button", { name: "Save changes" })).toBeDisabled();
  await userEvent.clear(title);
  await userEvent.type(title, "Grey dog");
  await press("Save changes");
  expect(await screen.findByText("Saved.")).toBeInTheDocument();
  expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ title: "Grey dog" });
  expect(ownChanges.get().get(ID)?.pin?.title).toBe("Grey dog");
});

it("orders pictures, and removes one only after asking", async () => {
  const pictures = [picture({ id: "p1" }), picture({ id: "p2" })];
  const calls = serve({
    [SHOW]: () => ({ body: announcement({ pictures }) }),
    [CHANGE]: () => ({ body: announcement({ pictures }) }),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Move picture 2 forward" }));
  await vi.waitFor(() => expect(screen.getByRole("button", { name: "Remove picture 1" })).toBeEnabled());
  await press("Remove picture 1");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Remove picture" }));
  const changes = () => calls.filter(({ method }) => method === "PATCH").map(({ body }) => body);
  await vi.waitFor(() => expect(changes()).toEqual([{ pictures: ["p2", "p1"] }, { pictures: ["p2"] }]));
});

it("turns a picture by a quarter and shows it once it is turned", async () => {
  let version = "v1";
  const calls = serve({
    [SHOW]: () => ({ body: announcement({ pictures: [picture({ version })] }) }),
    "POST /api/pictures/p1/rotate": () => ({
      status: 201,
      body: { id: "p1", version: (version = "v2"), url: "" },
    }),
    "GET /api/pictures/p1": () => ({ body: picture({ version }) }),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Turn picture 1 by a quarter" }));
  expect(screen.getByRole("button", { name: "Remove picture 1" })).toBeDisabled();
  await vi.waitFor(
    () => expect(screen.getByRole("button", { name: "Remove picture 1" })).toBeEnabled(),
    3000,
  );
  expect(calls.find(({ path }) => path.endsWith("/rotate"))?.body).toEqual({ quarter_turns: 1 });
});

it("renews, and marks as reunited", async () => {
  serve({
    [SHOW]: () => ({ body: announcement() }),
    [`POST /api/announcements/${ID}/renew`]: () => ({ body: announcement() }),
    [`POST /api/announcements/${ID}/reunited`]: () => ({ body: announcement({ status: "reunited" }) }),
  });
  show();
  await screen.findByText(/On the map until 18 Feb 2027/);
  await press("Renew");
  expect(await screen.findByText("Renewed.")).toBeInTheDocument();
  await press("Mark as reunited");
  expect(await screen.findByText(/It is marked as reunited/)).toBeInTheDocument();
});

it("withdraws only after asking, and forgets the token", async () => {
  const calls = serve({
    [SHOW]: () => ({ body: announcement() }),
    [`DELETE /api/announcements/${ID}`]: () => ({ status: 204 }),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Withdraw" }));
  await press("Keep it");
  expect(calls.some(({ method }) => method === "DELETE")).toBe(false);
  await press("Withdraw");
  await press("Withdraw and erase");
  expect(await screen.findByRole("heading", { name: "This announcement was withdrawn" })).toBeInTheDocument();
  expect(tokenOf(ID)).toBeNull();
  expect(ownChanges.get().get(ID)?.pin).toBeNull();
});

it("lets an expired one be renewed but not changed", async () => {
  serve({ [SHOW]: () => ({ body: announcement({ status: "expired" }) }) });
  show();
  expect(await screen.findByText(/Renew it to bring it back/)).toBeInTheDocument();
  expect(screen.getByLabelText("Title")).toBeDisabled();
  expect(screen.getByRole("button", { name: "Renew" })).toBeEnabled();
});

it("says so when the link opens nothing", async () => {
  serve({ [SHOW]: () => ({ status: 403, body: { title: "Forbidden" } }) });
  show();
  expect(await screen.findByText("This private link does not open this announcement.")).toBeInTheDocument();
});

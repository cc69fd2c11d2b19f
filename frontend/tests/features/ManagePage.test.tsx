import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { ManagePage } from "@/features/manage";
import { changeDelivery, deliveriesKept } from "@/lib/kept-deliveries";
import { keepToken, keptAnnouncements, tokenOf } from "@/lib/manage-token";
import { ownChanges } from "@/lib/own-changes";
import { refresh } from "@/lib/query-client";
import { announcement, ID, picture, sightings, TOKEN } from "../builders";
import { type Call, serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const SHOW = `GET /api/announcements/${ID}`;
const CHANGE = `PATCH /api/announcements/${ID}`;
const show = () => open("/manage/:id", <ManagePage />, `/manage/${ID}`);
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  window.history.replaceState(null, "", "/");
  keepToken(ID, TOKEN);
});

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

it("shows its owner what was seen of it, asked for with the token", async () => {
  const SEEN = `GET /api/announcements/${ID}/sightings`;
  const body = sightings({ id: "b".repeat(20), title: "Dog by the mill", distance: 90 });
  const calls = serve({ [SHOW]: () => ({ body: announcement({ kind: "lost" }) }), [SEEN]: () => ({ body }) });
  show();
  const line = await screen.findByRole("link", { name: /right here.*Dog by the mill/ });
  expect(line).toHaveAttribute("href", `/a/${"b".repeat(20)}`);
  const asked = calls.find(({ path }) => path.endsWith("/sightings"));
  expect(asked?.headers.get("Authorization")).toBe(`Bearer ${TOKEN}`);
});

it("sends only what was changed", async () => {
  const calls = serve({
    [SHOW]: () => ({ body: announcement() }),
    [CHANGE]: () => ({ body: announcement({ title: "Grey dog" }) }),
  });
  show();
  const title = await screen.findByLabelText("Title");
  expect(screen.getByRole("button", { name: "Save changes" })).toHaveAttribute("aria-disabled", "true");
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
  await vi.waitFor(() =>
    expect(screen.getByRole("button", { name: "Remove picture 1" })).not.toHaveAttribute("aria-disabled"),
  );
  await press("Remove picture 1");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Remove picture" }));
  const changes = () => calls.filter(({ method }) => method === "PATCH").map(({ body }) => body);
  await vi.waitFor(() =>
    expect(changes()).toEqual([{ pictures: ["p2", "p1"] }, { removed_pictures: ["p1"] }]),
  );
});

it("turns a picture by a quarter and shows it once it is turned", async () => {
  let version = "v1";
  const calls = serve({
    [SHOW]: () => ({ body: announcement({ pictures: [picture({ version })] }) }),
    "POST /api/pictures/p1/rotate": () => ({
      status: 201,
      body: { id: "p1", version: (version = "v2"), url: "" },
    }),
    "GET /api/pictures/p1": () => ({ body: { ...picture({ version }), similar: [], newest_refusal: null } }),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Turn picture 1 by a quarter" }));
  expect(screen.getByRole("button", { name: "Remove picture 1" })).toHaveAttribute("aria-disabled", "true");
  await vi.waitFor(
    () =>
      expect(screen.getByRole("button", { name: "Remove picture 1" })).not.toHaveAttribute("aria-disabled"),
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
  await screen.findByText(/On the map until 18 February 2027/);
  await press("Renew");
  expect(await screen.findByText("Renewed.")).toBeInTheDocument();
  await press("Mark as reunited");
  expect(await screen.findByText(/It is marked as reunited/)).toBeInTheDocument();
});

it("withdraws only after asking, and forgets the token and the photos that were on their way", async () => {
  changeDelivery({ announcementId: ID, token: TOKEN, photos: [{ id: "photo" }] });
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
  expect(deliveriesKept()).toEqual([]);
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
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent(
    "does not open this announcement",
  );
});

it("opens by a link that is pasted, and keeps its token only then", async () => {
  localStorage.clear();
  const open = ({ headers }: Call) =>
    headers.get("Authorization") === `Bearer ${TOKEN}` ? { body: announcement() } : { status: 403, body: {} };
  serve({ [SHOW]: open });
  show();
  await userEvent.type(screen.getByLabelText(/Your private link/), "wrong");
  await press("Open");
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("does not open");
  expect(tokenOf(ID)).toBeNull();
  await userEvent.type(
    screen.getByLabelText(/Your private link/),
    `https://example.org/manage/${ID}#${TOKEN}`,
  );
  await press("Open");
  expect(await screen.findByRole("heading", { name: "Manage your announcement" })).toBeInTheDocument();
  expect(keptAnnouncements()).toMatchObject([{ id: ID, token: TOKEN, title: "Brown dog" }]);
});

it("offers the kept key where a link that was cut does not open it", async () => {
  window.history.replaceState(null, "", "#cut");
  const open = ({ headers }: Call) =>
    headers.get("Authorization") === `Bearer ${TOKEN}` ? { body: announcement() } : { status: 403, body: {} };
  serve({ [SHOW]: open });
  show();
  await userEvent.click(await screen.findByRole("button", { name: /kept on this device/ }));
  expect(await screen.findByRole("heading", { name: "Manage your announcement" })).toBeInTheDocument();
  expect(window.location.hash).toBe("");
});

const MESSAGES = `/api/announcements/${ID}/messages`;
const message = (changes: object = {}) => ({
  id: "m1",
  text: "I saw him <b>there</b>",
  reply_to: "anna@example.org",
  sent_at: "2026-11-20T18:30:00Z",
  read_at: null,
  ...changes,
});

it("shows messages, counts the new ones and marks them as read", async () => {
  const read = message({ read_at: "2026-11-20T19:00:00Z" });
  const other = message({ id: "m0", text: "Call me", reply_to: "ask in the bakery" });
  const calls = serve({
    [SHOW]: () => ({ body: announcement() }),
    [`GET ${MESSAGES}`]: () => ({ body: { messages: [message(), other] } }),
    [`POST ${MESSAGES}/m1/read`]: () => ({ body: read }),
  });
  show();
  expect(await screen.findByText("I saw him <b>there</b>")).toBeInTheDocument();
  expect(screen.getByText("2 new")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "anna@example.org" }).getAttribute("href")).toMatch(
    /^mailto:anna@/,
  );
  expect(screen.getByText("ask in the bakery").closest("a")).toBeNull();
  await userEvent.click(screen.getAllByRole("button", { name: "Mark as read" })[0] as HTMLElement);
  expect(await screen.findByText("1 new")).toBeInTheDocument();
  const sent = calls.filter(({ path }) => path.startsWith(MESSAGES)).map(({ headers }) => headers);
  expect(sent.every((headers) => headers.get("Authorization") === `Bearer ${TOKEN}`)).toBe(true);
});

it("says that it is hidden", async () => {
  serve({ [SHOW]: () => ({ body: announcement({ hidden: true }) }) });
  show();
  expect(await screen.findByText(/Several people reported this announcement/)).toBeInTheDocument();
});

it("takes in what another tab saved, but nothing over what is being written here", async () => {
  let title = "Brown dog";
  serve({ [SHOW]: () => ({ body: announcement({ title }) }) });
  show();
  const field = await screen.findByLabelText("Title");
  title = "Grey dog";
  refresh(ID);
  await vi.waitFor(() => expect(field).toHaveValue("Grey dog"));
  await userEvent.type(field, "!");
  title = "White dog";
  refresh(ID);
  expect(await screen.findByRole("heading", { name: "White dog" })).toBeInTheDocument();
  expect(field).toHaveValue("Grey dog!");
});

it("keeps what was changed and not saved over a reload, until it is saved or undone", async () => {
  let title = "Brown dog";
  const change = ({ body }: Call) => ({
    body: announcement((({ title } = body as { title: string }), { title })),
  });
  const calls = serve({ [SHOW]: () => ({ body: announcement({ title }) }), [CHANGE]: change });
  const first = show();
  await userEvent.type(await screen.findByLabelText("Title"), "!");
  first.unmount();
  title = "Brown dog"; // nothing was sent
  const second = show();
  expect(await screen.findByLabelText("Title")).toHaveValue("Brown dog!");
  await press("Undo what is not saved");
  expect(screen.getByLabelText("Title")).toHaveValue("Brown dog");
  expect(sessionStorage).toHaveLength(0);
  await userEvent.type(screen.getByLabelText("Title"), "?");
  second.unmount();
  show();
  await screen.findByLabelText("Title");
  await press("Save changes");
  expect(await screen.findByText("Saved.")).toBeInTheDocument();
  expect(calls.filter(({ method }) => method === "PATCH").map(({ body }) => body)).toEqual([
    { title: "Brown dog?" },
  ]);
  expect(sessionStorage).toHaveLength(0);
});

it("forgets unsaved changes of what is withdrawn", async () => {
  serve({
    [SHOW]: () => ({ body: announcement() }),
    [`DELETE /api/announcements/${ID}`]: () => ({ status: 204 }),
  });
  show();
  await userEvent.type(await screen.findByLabelText("Title"), "!");
  expect(sessionStorage).toHaveLength(1);
  await press("Withdraw");
  await press("Withdraw and erase");
  await screen.findByRole("heading", { name: "This announcement was withdrawn" });
  expect(sessionStorage).toHaveLength(0);
});

it("changes what happened", async () => {
  const calls = serve({
    [SHOW]: () => ({ body: announcement() }),
    [CHANGE]: () => ({ body: announcement({ kind: "lost" }) }),
  });
  show();
  await userEvent.selectOptions(await screen.findByLabelText("What happened"), "lost");
  await press("Save changes");
  expect(await screen.findByText("Saved.")).toBeInTheDocument();
  expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ kind: "lost" });
});

it("tells its owner what the camera noted, and restores an earlier version", async () => {
  let version = "v2";
  const versionOf = (name: string) => ({
    id: "p1",
    version: name,
    uploaded_at: name === "v1" ? "2026-11-20T18:30:00Z" : "2026-11-20T19:30:00Z",
    current: name === version,
    url: `/renditions/p1/${name}-1600.webp`,
  });
  const own = () => ({
    ...picture({ version }),
    taken_at: "2026-11-20T10:00:00Z",
    taken_place: { latitude: 50.06, longitude: 19.94 },
    similar: [],
    newest_refusal: null,
  });
  serve({
    [SHOW]: () => ({ body: announcement({ pictures: [picture({ version })] }) }),
    "GET /api/pictures/p1": () => ({ body: own() }),
    "GET /api/pictures/p1/versions": () => ({
      body: { versions: ["v3", "v2", "v1"].slice(1).map(versionOf) },
    }),
    "POST /api/pictures/p1/versions/v1/restore": () => ({
      status: 201,
      body: { id: "p1", version: (version = "v1"), url: "" },
    }),
  });
  show();
  await userEvent.click(await screen.findByText(/Replace picture 1/));
  expect(await screen.findByText("Taken here")).toBeInTheDocument();
  expect(screen.getByText(/^Taken 20 November 2026/)).toBeInTheDocument();
  await userEvent.click(
    await screen.findByRole("button", { name: /^Restore: Version of 20 November 2026 at/ }),
  );
  await vi.waitFor(() => expect(screen.getAllByText("Shown now")).toHaveLength(1), 3000);
});

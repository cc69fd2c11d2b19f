import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { AnnouncementPage } from "@/features/announcement";
import { keepToken } from "@/lib/manage-token";
import { announcement, ID, TOKEN } from "../builders";
import { type Call, serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const SENT = { status: 201, body: { id: "m1", sent_at: "2026-11-21T12:00:00Z" } };
type Answer = { status: number; body: unknown } | "unreachable";

function show(...answers: Answer[]): Call[] {
  const calls = serve({
    [`GET /api/announcements/${ID}`]: () => ({ body: announcement() }),
    [`POST /api/announcements/${ID}/messages`]: () => answers.shift() ?? "unreachable",
  });
  open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
  return calls;
}

const write = async (text: string) => userEvent.type(await screen.findByLabelText("Your message"), text);
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const posts = (calls: Call[]) => calls.filter(({ method }) => method === "POST");

it("sends a message with the way to answer it", async () => {
  const calls = show(SENT);
  await write("I saw him by the river");
  await userEvent.type(screen.getByLabelText("How can you be answered?"), "600 100 200");
  await press("Send the message");
  expect(await screen.findByText(/Your message is on its way/)).toBeInTheDocument();
  expect(posts(calls)[0]?.body).toEqual({
    text: "I saw him by the river",
    reply_to: "600 100 200",
    website: "",
  });
  expect(posts(calls)[0]?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  await press("Write another message");
  expect(screen.getByLabelText("Your message")).toHaveValue("");
  expect(screen.getByLabelText("How can you be answered?")).toHaveValue("600 100 200");
});

it("sends nothing that is empty", async () => {
  const calls = show();
  await screen.findByLabelText("Your message");
  await press("Send the message");
  expect(screen.getByLabelText("Your message")).toHaveAccessibleDescription("Write a few words.");
  expect(posts(calls)).toEqual([]);
});

it("keeps a message without a network, over a reload too, and sends it again as the same one", async () => {
  const first = show("unreachable");
  await write("I saw him");
  await press("Send the message");
  expect(await screen.findByText("What you wrote is kept on this device.")).toBeInTheDocument();
  document.body.innerHTML = "";
  const second = show(SENT);
  expect(await screen.findByLabelText("Your message")).toHaveValue("I saw him");
  await press("Send the message");
  expect(await screen.findByText(/Your message is on its way/)).toBeInTheDocument();
  const keyOf = (calls: Call[]) => posts(calls)[0]?.headers.get("Idempotency-Key");
  expect(keyOf(second)).toBe(keyOf(first));
  expect(localStorage).toHaveLength(0);
});

it("gives another text another key", async () => {
  const calls = show("unreachable", SENT);
  await write("I saw him");
  await press("Send the message");
  await screen.findByText(/is kept on this device/);
  await write(" by the river");
  await press("Send again");
  await screen.findByText(/Your message is on its way/);
  const [one, other] = posts(calls).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(one).not.toBe(other);
});

it("is kind about too many messages, and shows what is wrong beside its field", async () => {
  show(
    { status: 429, body: { title: "Too many requests" } },
    {
      status: 422,
      body: { title: "Unprocessable", errors: [{ field: "reply_to", message: "must be a single line" }] },
    },
  );
  await write("I saw him");
  await press("Send the message");
  expect(await screen.findByText(/Many messages have come from your network/)).toBeInTheDocument();
  await press("Send again");
  expect(await screen.findByText("Write this in a single line.")).toBeInTheDocument();
  expect(screen.getByLabelText("How can you be answered?")).toBeInvalid();
});

it("is not offered to whoever announced it", async () => {
  keepToken(ID, TOKEN);
  show();
  expect(await screen.findByText("You announced this.")).toBeInTheDocument();
  expect(screen.queryByLabelText("Your message")).toBeNull();
});

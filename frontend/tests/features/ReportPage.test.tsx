import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { PetMapProps } from "@/components/PetMap";
import { ReportPage } from "@/features/report";
import { tokenOf } from "@/lib/manage-token";
import { ownChanges } from "@/lib/own-changes";
import { created, ID, TOKEN } from "../builders";
import { type Call, serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({
  default: ({ label, onPick }: PetMapProps) => (
    <button type="button" onClick={() => onPick?.({ latitude: 50.06, longitude: 19.94 })}>
      {label}
    </button>
  ),
}));

const send = () => userEvent.click(screen.getByRole("button", { name: "Put it on the map" }));

async function fillIn() {
  await userEvent.selectOptions(screen.getByLabelText("Kind of animal"), "dog");
  await userEvent.type(screen.getByLabelText("Title"), "Brown dog");
  await userEvent.type(screen.getByLabelText("E-mail"), "me@example.org");
  await userEvent.click(await screen.findByRole("button", { name: "Map to choose the place on" }));
}

const posts = (calls: Call[]) => calls.filter(({ method }) => method === "POST");

it("says what is missing beside each field and sends nothing", async () => {
  const calls = serve({});
  open("/report", <ReportPage />, "/report?kind=found");
  await send();
  expect(screen.getByLabelText("Title")).toHaveAccessibleDescription(/Write a few words/);
  expect(screen.getByLabelText("Kind of animal")).toBeInvalid();
  expect(screen.getByText("Show the place on the map.")).toBeInTheDocument();
  expect(posts(calls)).toEqual([]);
});

it("sends the report, keeps the private link's token and goes on to the links", async () => {
  const calls = serve({ "POST /api/announcements": () => ({ status: 201, body: created() }) });
  open("/report", <ReportPage />, "/report?kind=found");
  await fillIn();
  await send();
  await vi.waitFor(() => expect(screen.getByTestId("address")).toHaveTextContent(`/report/done/${ID}`));
  expect(posts(calls)[0]?.body).toMatchObject({
    kind: "found",
    species: "dog",
    title: "Brown dog",
    place: { latitude: 50.06, longitude: 19.94 },
    contact: { name: null, email: "me@example.org", phone: null },
  });
  expect(tokenOf(ID)).toBe(TOKEN);
  expect(ownChanges.get().get(ID)?.pin?.title).toBe("Brown dog");
});

it("repeats a lost answer's question with the same key, and another text with another key", async () => {
  const answers: ("unreachable" | { status: number; body: unknown })[] = [
    "unreachable",
    { status: 422, body: { title: "Unprocessable", errors: [{ field: "title", message: "is too odd" }] } },
    { status: 201, body: created() },
  ];
  const calls = serve({ "POST /api/announcements": () => answers.shift() ?? "unreachable" });
  open("/report", <ReportPage />, "/report?kind=lost");
  await fillIn();
  await send();
  expect(await screen.findByText(/cannot be reached/)).toBeInTheDocument();
  await send();
  expect(await screen.findByText("is too odd")).toBeInTheDocument();
  expect(screen.getByLabelText("Title")).toHaveAccessibleDescription(/is too odd/);
  await userEvent.type(screen.getByLabelText("Title"), " with a collar");
  await send();
  await vi.waitFor(() => expect(posts(calls)).toHaveLength(3));
  const [first, second, third] = posts(calls).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

it("refuses a photo over the limit before anything is sent", async () => {
  serve({});
  open("/report", <ReportPage />, "/report?kind=found");
  const file = new File(["x"], "huge.jpg", { type: "image/jpeg" });
  Object.defineProperty(file, "size", { value: 300_000_000 });
  await userEvent.upload(screen.getByLabelText("Photo"), file);
  expect(screen.getByText(/larger than 40 MB/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Remove the photo" })).toBeNull();
});

it("lets one change one's mind about what happened", async () => {
  serve({});
  open("/report", <ReportPage />, "/report?kind=found");
  await userEvent.click(screen.getByRole("radio", { name: "I saw a pet" }));
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("I saw a pet");
});

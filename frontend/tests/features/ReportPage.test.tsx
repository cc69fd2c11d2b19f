import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PetMapProps } from "@/components/PetMap";
import { ReportPage } from "@/features/report";
import { lastSent, reportAbout, reports, startAnew } from "@/features/report/report-store";
import { tokenOf } from "@/lib/manage-token";
import { ownChanges } from "@/lib/own-changes";
import { announcement, collection, created, ID, pin, TOKEN } from "../builders";
import { type Call, serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({
  default: ({ label, onPick }: PetMapProps) => (
    <button type="button" onClick={() => onPick?.({ latitude: 50.06, longitude: 19.94 })}>
      {label}
    </button>
  ),
}));

vi.setConfig({ testTimeout: 20_000 }); // whole reports are written here

beforeEach(() => {
  reports.set(new Map());
  startAnew(null);
  lastSent.set(null);
});

const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
const write = async (label: string, text: string) => {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
};
const next = () => press(/^Next$|Go on without a photo/);
const send = () => press("Put it on the map");
const step = () => screen.getByRole("link", { current: "step" });
const posts = (calls: Call[]) => calls.filter(({ method }) => method === "POST");
const isSent = () =>
  vi.waitFor(() => expect(screen.getByTestId("address")).toHaveTextContent(`/report/done/${ID}`));

async function fillIn() {
  await next();
  await userEvent.click(screen.getByRole("radio", { name: "Dog" }));
  await write("Title", "Brown dog");
  await next();
  await userEvent.click(await screen.findByRole("button", { name: "Map to choose the place on" }));
  await write("E-mail", "me@example.org");
}

const MADE = { "POST /api/announcements": () => ({ status: 201, body: created() }) };

describe("the steps", () => {
  it("are in the address, begin at their heading and can be gone back", async () => {
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    expect(step()).toHaveTextContent("Photo");
    await next();
    expect(screen.getByTestId("address")).toHaveTextContent("/report?kind=found&step=2");
    expect(screen.getByRole("heading", { name: /Step 2 of 3: ?What and when/ })).toHaveFocus();
    await press("Back");
    expect(step()).toHaveTextContent("Photo");
  });

  it("say what is missing beside its field when they are left, and not before", async () => {
    const calls = serve({});
    open("/report", <ReportPage />, "/report?kind=found&step=2");
    expect(screen.queryByText("Choose the kind of animal.")).toBeNull();
    await next();
    expect(screen.getByRole("radiogroup", { name: "Kind of animal" })).toHaveAccessibleDescription(
      "Choose the kind of animal.",
    );
    await waitFor(() => expect(screen.getByRole("radio", { name: "Dog" })).toHaveFocus());
    await userEvent.click(screen.getByRole("radio", { name: "Dog" }));
    expect(screen.queryByText("Choose the kind of animal.")).toBeNull();
    expect(posts(calls)).toEqual([]);
  });

  it("lead back to the first one with something to mend", async () => {
    const calls = serve({});
    open("/report", <ReportPage />, "/report?kind=found&step=3");
    await send();
    expect(step()).toHaveTextContent("What and when");
    expect(screen.getByText("Choose the kind of animal.")).toBeInTheDocument();
    expect(posts(calls)).toEqual([]);
  });

  it("let one change one's mind about what happened", async () => {
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    await userEvent.click(screen.getByRole("radio", { name: "I saw a pet" }));
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("I saw a pet");
  });

  it("show again what was written before, and can be emptied", async () => {
    serve({});
    const { unmount } = open("/report", <ReportPage />, "/report?kind=lost&step=2");
    await write("Title", "Grey cat");
    unmount();
    open("/report", <ReportPage />, "/report?kind=lost&step=2");
    expect(screen.getByLabelText("Title")).toHaveValue("Grey cat");
    await press("Start again");
    await press("Throw away");
    expect(step()).toHaveTextContent("Photo");
    expect(reportAbout(null).draft.title).toBe("");
  });
});

describe("sending", () => {
  it("keeps the private link's token and goes on to what comes next", async () => {
    const calls = serve(MADE);
    open("/report", <ReportPage />, "/report?kind=found");
    await fillIn();
    await send();
    await isSent();
    expect(posts(calls)[0]?.body).toMatchObject({
      kind: "found",
      species: "dog",
      title: "Brown dog",
      place: { latitude: 50.06, longitude: 19.94, blur: "street" },
      contact: { name: null, email: "me@example.org", phone: null },
      about: null,
    });
    expect(posts(calls)[0]?.body).not.toHaveProperty("website");
    expect(tokenOf(ID)).toBe(TOKEN);
    expect(ownChanges.get().get(ID)?.pin?.title).toBe("Brown dog");
    expect(reportAbout(null).draft.title).toBe("");
  });

  it("does not need a title", async () => {
    const calls = serve(MADE);
    open("/report", <ReportPage />, "/report?kind=lost&step=2");
    await userEvent.click(screen.getByRole("radio", { name: "Cat" }));
    expect(screen.getByLabelText("Title")).toHaveAttribute("placeholder", "Lost cat");
    await next();
    await userEvent.click(await screen.findByRole("button", { name: "Map to choose the place on" }));
    await userEvent.click(screen.getByRole("radio", { name: /Only the area/ }));
    await send();
    await isSent();
    expect(posts(calls)[0]?.body).toMatchObject({ title: "Lost cat", place: { blur: "area" } });
  });

  it("waits for the network and is one announcement, however often its answer is lost", async () => {
    const answers: ("unreachable" | { status: number; body: unknown })[] = ["unreachable", "unreachable"];
    const calls = serve({
      "POST /api/announcements": () => answers.shift() ?? { status: 201, body: created() },
    });
    open("/report", <ReportPage />, "/report?kind=lost");
    await fillIn();
    await send();
    expect(await screen.findByRole("heading", { name: /sent when the network is back/ })).toBeVisible();
    await press("Try now");
    await waitFor(() => expect(screen.getByRole("button", { name: "Try now" })).toBeEnabled());
    window.dispatchEvent(new Event("online"));
    await isSent();
    const keys = posts(calls).map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
  });

  it("can be called off, and what was changed meanwhile changes what may have arrived", async () => {
    const answers: ("unreachable" | { status: number; body: unknown })[] = ["unreachable"];
    const calls = serve({
      "POST /api/announcements": () => answers.shift() ?? { status: 201, body: created() },
      [`PATCH /api/announcements/${ID}`]: () => ({ body: announcement({ title: "Brown dog, old" }) }),
    });
    open("/report", <ReportPage />, "/report?kind=lost");
    await fillIn();
    await send();
    await userEvent.click(await screen.findByRole("button", { name: /change it/ }));
    await userEvent.click(screen.getByRole("link", { name: /What and when/ }));
    await write("Title", ", old");
    await next();
    await send();
    await isSent();
    const [first, second] = posts(calls);
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers.get("Idempotency-Key")).toBe(first?.headers.get("Idempotency-Key"));
    const change = calls.find(({ method }) => method === "PATCH");
    expect(change?.body).toMatchObject({ title: "Brown dog, old" });
    expect(change?.headers.get("Authorization")).toBe(`Bearer ${TOKEN}`);
  });

  it("shows a refusal at its step and field, and sends what was mended under another key", async () => {
    const refusal = { title: "Unprocessable", errors: [{ field: "title", message: "is too odd" }] };
    const answers = [
      { status: 422, body: refusal as unknown },
      { status: 201, body: created() as unknown },
    ];
    const calls = serve({ "POST /api/announcements": () => answers.shift() ?? "unreachable" });
    open("/report", <ReportPage />, "/report?kind=lost");
    await fillIn();
    await send();
    expect(await screen.findByText("is too odd")).toBeInTheDocument();
    expect(step()).toHaveTextContent("What and when");
    await write("Title", " with a collar");
    await next();
    await send();
    await isSent();
    const [first, second] = posts(calls).map(({ headers }) => headers.get("Idempotency-Key"));
    expect(second).not.toBe(first);
  });

  it("says when to come back after too many, and keeps everything", async () => {
    const headers = { "Retry-After": "600" };
    serve({ "POST /api/announcements": () => ({ status: 429, body: { title: "Slow down" }, headers }) });
    open("/report", <ReportPage />, "/report?kind=lost");
    await fillIn();
    await send();
    expect(await screen.findByText(/please send it again in 10 minutes/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Send it again" })).toBeEnabled();
    expect(reportAbout(null)).toMatchObject({ isWaiting: false, draft: { title: "Brown dog" } });
  });

  it("leaves a failing server to the person's choice", async () => {
    serve({ "POST /api/announcements": () => ({ status: 500, body: { title: "Oh" } }) });
    open("/report", <ReportPage />, "/report?kind=lost");
    await fillIn();
    await send();
    expect(await screen.findByText(/went wrong on our side/)).toBeInTheDocument();
    expect(reportAbout(null).isWaiting).toBe(false);
    expect(screen.getByRole("button", { name: "Send it again" })).toBeEnabled();
  });

  it("is done once where another tab was faster", async () => {
    const calls = serve(MADE);
    open("/report", <ReportPage />, "/report?kind=lost");
    await fillIn();
    const { id } = reportAbout(null);
    localStorage.removeItem("homeward.report"); // as the other tab does
    localStorage.setItem("homeward.sent", JSON.stringify({ reportId: id, announcementId: ID }));
    await send();
    await isSent();
    expect(posts(calls)).toEqual([]);
  });
});

describe("what is known nearby", () => {
  it("is shown before sending, opens beside the page and can be denied", async () => {
    const near = collection([pin({ id: "neighbour", title: "Brown dog by the river", kind: "lost" })]);
    const calls = serve({ "GET /api/announcements": () => ({ body: near }) });
    open("/report", <ReportPage />, "/report?kind=found");
    await fillIn();
    const question = await screen.findByRole("region", { name: "Is it one of these?" });
    const link = within(question).getByRole("link", { name: /Brown dog by the river/ });
    expect(link).toHaveAttribute("href", "/a/neighbour");
    expect(link).toHaveAttribute("target", "_blank");
    const asked = calls.find(({ search }) => search.has("near"))?.search;
    expect(asked?.get("near")).not.toContain("50.06,"); // the public place, not the exact one
    expect(asked?.get("species")).toBe("dog");
    await press("None of these");
    expect(screen.queryByRole("region", { name: "Is it one of these?" })).toBeNull();
  });
});

describe("a sighting about an announcement", () => {
  it("shows whom it is about, takes its kind of animal and says so to the API", async () => {
    const calls = serve({
      "GET /api/announcements/them": () => ({ body: announcement({ species: "cat", title: "Tom" }) }),
      ...MADE,
    });
    open("/report", <ReportPage />, "/report?kind=sighting&about=them");
    expect(await screen.findByText("Tom")).toBeInTheDocument();
    await next();
    expect(screen.getByRole("radio", { name: "Cat" })).toBeChecked();
    await next();
    expect(screen.queryByLabelText("Secret mark")).toBeNull();
    await userEvent.click(await screen.findByRole("button", { name: "Map to choose the place on" }));
    await send();
    await isSent();
    expect(posts(calls)[0]?.body).toMatchObject({ kind: "sighting", about: "them", species: "cat" });
  });
});

describe("the photos", () => {
  const choose = async (...files: File[]) =>
    userEvent.upload(screen.getByLabelText(/Take or choose a photo|Add another photo/), files);
  const photo = (name: string) => new File(["x"], name, { type: "image/jpeg" });

  it("are refused over the limit before anything is sent", async () => {
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    const huge = photo("huge.jpg");
    Object.defineProperty(huge, "size", { value: 300_000_000 });
    await choose(huge);
    expect(screen.getByText(/huge.jpg is larger than 40 MB/)).toBeInTheDocument();
    expect(screen.queryByRole("list", { name: "Photos to be sent" })).toBeNull();
  });

  it("can be several, in an order of one's own, and taken out again", async () => {
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    await choose(photo("one.jpg"), photo("two.jpg"));
    await waitFor(() => expect(reportAbout(null).photos).toHaveLength(2));
    const names = () => reportAbout(null).photos.map(({ name }) => name);
    await press("Move photo 2 forward");
    expect(names()).toEqual(["two.jpg", "one.jpg"]);
    await press("Remove photo 1");
    expect(names()).toEqual(["one.jpg"]);
  });

  it("are no more than the API takes", async () => {
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    await choose(...Array.from({ length: 12 }, (_, index) => photo(`${index}.jpg`)));
    expect(screen.getByText("10 photos fit; the others were left out.")).toBeInTheDocument();
    await waitFor(() => expect(reportAbout(null).photos).toHaveLength(10));
  });
});

it("warns gently of a phone number in what everybody reads", async () => {
  serve({});
  open("/report", <ReportPage />, "/report?kind=lost&step=2");
  await write("Description", "Call +48 600 100 200");
  expect(screen.getByText(/Everybody can read this, and scammers/)).toBeInTheDocument();
});

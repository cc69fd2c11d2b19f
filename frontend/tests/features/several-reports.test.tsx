import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Report } from "@/features/report/kept-reports";
import { OutboxNote, ReportPage } from "@/features/report";
import { sendWaiting } from "@/features/report/outbox";
import {
  changeReport,
  lastSent,
  lookAtDevice,
  reportAbout,
  reports,
  startAnew,
} from "@/features/report/report-store";
import { hasUnsent } from "@/lib/unsent";
import { announcement, created, ID } from "../builders";
import { type Call, serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

beforeEach(() => {
  reports.set(new Map());
  for (const about of [null, "them"]) startAnew(about);
  lastSent.set(null);
});

const PLACE = { latitude: 50.06, longitude: 19.94 };
const THEM = {
  "GET /api/announcements/them": () => ({ body: announcement({ species: "cat", title: "Tom" }) }),
};
const MADE = { "POST /api/announcements": () => ({ status: 201, body: created() }) };

function written(changes: Partial<Report> = {}): void {
  const { draft } = reportAbout(null);
  const complete = { ...draft, species: "dog", title: "My brown dog", place: PLACE } as const;
  changeReport(null, { kind: "lost", draft: complete, ...changes });
}

const posts = (calls: Call[]) => calls.filter(({ method }) => method === "POST").map(({ body }) => body);
const heading = () => screen.getByRole("heading", { level: 1 });
const address = () => screen.getByTestId("address").textContent;

describe("a report that waits", () => {
  it("stays what it is when another kind is asked for", async () => {
    written({ isWaiting: true });
    const calls = serve({ "POST /api/announcements": () => "unreachable" });
    open("/report", <ReportPage />, "/report?kind=found");
    expect(heading()).toHaveTextContent("I lost a pet");
    expect(address()).toBe("/report?kind=lost");
    await waitFor(() => expect(posts(calls)).not.toEqual([]));
    expect(posts(calls)).toEqual([expect.objectContaining({ kind: "lost", title: "My brown dog" })]);
  });

  it("is not changed by a link while nobody knows whether it arrived", async () => {
    const body = { kind: "lost" } as NonNullable<Report["unanswered"]>["body"];
    written({ unanswered: { key: "a key", body } });
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    expect(heading()).toHaveTextContent("I lost a pet");
    fireEvent.click(screen.getByRole("radio", { name: "I found a pet" }));
    expect(heading()).toHaveTextContent("I found a pet");
    expect(address()).toBe("/report?kind=found");
  });

  it("goes its way while one about somebody's pet is written", async () => {
    written({ isWaiting: true });
    const calls = serve({ ...THEM, ...MADE });
    open("/report", <ReportPage />, "/report?kind=sighting&about=them");
    expect(heading()).toHaveTextContent("I saw a pet");
    await waitFor(() => expect(reportAbout(null).isWaiting).toBe(false));
    expect(posts(calls)).toEqual([expect.objectContaining({ kind: "lost", about: null })]);
    expect(address()).toMatch(/^\/report\?/);
  });

  it("is left alone at its turn when another tab has taken it back", async () => {
    written({ isWaiting: true });
    const kept = JSON.parse(localStorage.getItem("homeward.report") ?? "") as object;
    localStorage.setItem("homeward.report", JSON.stringify({ ...kept, isWaiting: false }));
    const calls = serve(MADE);
    await sendWaiting();
    expect(posts(calls)).toEqual([]);
  });
});

describe("a sighting of somebody's pet", () => {
  it("begins empty beside an own report, and leaves that as it is", async () => {
    written();
    serve(THEM);
    const { unmount } = open("/report", <ReportPage />, "/report?kind=sighting&about=them&step=2");
    expect(screen.getByLabelText("Title")).toHaveValue("");
    fireEvent.change(screen.getByLabelText("Title"), { target: { value: "By the river" } });
    unmount();
    open("/report", <ReportPage />, "/report?step=2");
    expect(heading()).toHaveTextContent("I lost a pet");
    expect(screen.getByLabelText("Title")).toHaveValue("My brown dog");
    expect(reportAbout("them").draft.title).toBe("By the river");
  });

  it("can turn out to be of another animal, and is then a report on its own with all that was written", async () => {
    serve(THEM);
    open("/report", <ReportPage />, "/report?kind=sighting&about=them&step=1");
    changeReport("them", { draft: { ...reportAbout("them").draft, title: "By the river" } });
    fireEvent.click(await screen.findByRole("button", { name: /Another animal/ }));
    expect(address()).toBe("/report?kind=sighting&step=1");
    expect(reportAbout(null)).toMatchObject({
      kind: "sighting",
      about: null,
      draft: { title: "By the river" },
    });
    expect(reportAbout("them").draft.title).toBe("");
  });

  it("offers that only where no own report is in the way", async () => {
    written();
    serve(THEM);
    open("/report", <ReportPage />, "/report?kind=sighting&about=them");
    await screen.findByText("Tom");
    expect(screen.queryByRole("button", { name: /Another animal/ })).toBeNull();
  });

  it("is not kept for having been looked at", async () => {
    serve(THEM);
    open("/report", <ReportPage />, "/report?kind=sighting&about=them");
    await screen.findByText("Tom");
    expect(Object.keys(localStorage)).not.toContain("homeward.report.them");
  });
});

it("shows and sends what another tab made of the report", () => {
  written();
  serve({});
  open("/report", <ReportPage />, "/report?kind=lost");
  const kept = JSON.parse(localStorage.getItem("homeward.report") ?? "") as object;
  localStorage.setItem("homeward.report", JSON.stringify({ ...kept, kind: "found" }));
  act(lookAtDevice);
  expect(heading()).toHaveTextContent("I found a pet");
  expect(address()).toBe("/report?kind=found");
});

describe("on other pages", () => {
  const note = () => screen.getByText(/./, { selector: ".outbox-note" });
  const answered = (status: number, body: unknown = {}, headers = {}) => {
    written({ isWaiting: true });
    serve({ "POST /api/announcements": () => ({ status, body, headers }) });
    open("/", <OutboxNote />, "/");
  };

  it("a report that waits is told of, and sent", async () => {
    written({ isWaiting: true });
    serve(MADE);
    open("/", <OutboxNote />, "/");
    expect(note()).toHaveTextContent("A report is kept on this device until it can be sent. See it");
    await waitFor(() => expect(note()).toHaveTextContent("Your report is on the map."));
    expect(screen.getByRole("link")).toHaveAttribute("href", `/report/done/${ID}`);
    expect(hasUnsent()).toBe(false);
  });

  it.each([429, 500, 503])("a report that a busy server (%s) puts off goes on waiting", async (status) => {
    answered(status);
    await waitFor(() => expect(reportAbout(null).unanswered === null).toBe(status === 429));
    expect(note()).toHaveTextContent("until it can be sent");
    expect(reportAbout(null).isWaiting).toBe(true);
  });

  it("a report that was refused at its turn is told of, with the way to what is wrong", async () => {
    answered(422, { title: "Unprocessable", errors: [{ field: "title", message: "is too odd" }] });
    await waitFor(() => expect(note()).toHaveTextContent("A report could not be sent. See why"));
    expect(screen.getByRole("link")).toHaveAttribute("href", "/report?kind=lost&step=2");
    expect(hasUnsent()).toBe(true);
  });

  it("is told at its field, and stays unsent until it is sent again", async () => {
    const members = { errors: [{ field: "title", message: "is too odd" }] };
    written({ refusal: { status: 422, members, retryAfter: null } });
    const calls = serve(MADE);
    open("/report", <ReportPage />, "/report?kind=found&step=3");
    expect(await screen.findByText("is too odd")).toBeInTheDocument();
    expect(screen.getByRole("link", { current: "step" })).toHaveTextContent("What and when");
    expect(heading()).toHaveTextContent("I lost a pet");
    expect(hasUnsent()).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Next" }));
    fireEvent.click(await screen.findByRole("button", { name: /Put it on the map|Send it again/ }));
    await waitFor(() => expect(address()).toBe(`/report/done/${ID}`));
    expect(posts(calls)).toHaveLength(1);
    expect(hasUnsent()).toBe(false);
  });
});

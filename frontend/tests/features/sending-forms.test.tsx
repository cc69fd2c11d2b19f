import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AnnouncementPage } from "@/features/announcement";
import { ManagePage } from "@/features/manage";
import { ReportPage } from "@/features/report";
import { changeReport, reportAbout, reports, startAnew } from "@/features/report/report-store";
import { keepToken } from "@/lib/manage-token";
import { announcement, created, ID, TOKEN } from "../builders";
import { serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const ONE = `/api/announcements/${ID}`;
const TRAPPED = { status: 422, body: { errors: [{ field: "website", message: "must be empty" }] } };
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole("button", { name }));

/** An answer that comes when it is let go. */
function held<Value>(value: Value): { answer: () => Promise<Value>; letGo: () => void } {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  return { answer: () => gate.then(() => value), letGo: () => letGo() };
}

describe("the field that nobody sees, filled in by a browser,", () => {
  const show = (path: string) => {
    const answers = [TRAPPED, { status: 201, body: { id: "m1", sent_at: "2026-11-21T12:00:00Z" } }];
    const calls = serve({
      [`GET ${ONE}`]: () => ({ body: announcement() }),
      [`POST ${ONE}/${path}`]: () => answers.shift() ?? "unreachable",
    });
    open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
    return () => calls.filter(({ method }) => method === "POST").map(({ body }) => body);
  };
  const fill = (form: HTMLElement) => {
    const trap = form.querySelector('input[name="website"]');
    fireEvent.change(trap as HTMLElement, { target: { value: "https://example.org" } });
  };

  it("is emptied and told of where a message is sent", async () => {
    const sent = show("messages");
    await userEvent.type(await screen.findByLabelText("Your message"), "I saw him");
    fill(screen.getByRole("region", { name: "Write to the finder" }));
    await press("Send the message");
    expect(await screen.findByText(/It is empty again; please send once more/)).toBeInTheDocument();
    await press("Send again");
    expect(await screen.findByText(/Your message is on its way/)).toBeInTheDocument();
    expect(sent()).toMatchObject([{ website: "https://example.org" }, { website: "" }]);
  });

  it("is emptied and told of where abuse is reported", async () => {
    const sent = show("reports");
    await press("Report abuse");
    const dialog = within(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("radio", { name: "Something else" }));
    fill(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Report it" }));
    expect(await dialog.findByText(/It is empty again; please send once more/)).toBeInTheDocument();
    await userEvent.click(dialog.getByRole("button", { name: "Report it" }));
    expect(await dialog.findByText(/Somebody will look at it/)).toBeInTheDocument();
    expect(sent()).toMatchObject([{ website: "https://example.org" }, { website: "" }]);
  });
});

describe("while it is sent, nothing can be written that would be lost", () => {
  it("of a message", async () => {
    const { answer, letGo } = held({ status: 500, body: {} });
    serve({ [`GET ${ONE}`]: () => ({ body: announcement() }), [`POST ${ONE}/messages`]: answer });
    open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
    const text = await screen.findByLabelText("Your message");
    await userEvent.type(text, "I saw him");
    await userEvent.type(screen.getByLabelText("How can you be answered?"), "600 100 200{Enter}");
    expect(text).toBeDisabled();
    expect(screen.getByRole("button", { name: "Sending…" })).toHaveFocus();
    letGo();
    await waitFor(() => expect(text).toBeEnabled());
    expect(screen.getByRole("button", { name: "Send again" })).toHaveFocus();
  });

  it("of a report", async () => {
    reports.set(new Map());
    startAnew(null);
    const { draft } = reportAbout(null);
    const place = { latitude: 50.06, longitude: 19.94 };
    changeReport(null, { draft: { ...draft, species: "dog", place } });
    const { answer, letGo } = held({ status: 201, body: created() });
    serve({ "POST /api/announcements": answer });
    open("/report", <ReportPage />, "/report?kind=lost&step=3");
    await press("Put it on the map");
    expect(screen.getByLabelText("E-mail")).toBeDisabled();
    expect(screen.getByRole("button", { name: "Sending…" })).toHaveFocus();
    await press("Sending…");
    letGo();
    await waitFor(() => expect(screen.getByTestId("address")).toHaveTextContent(`/report/done/${ID}`));
  });

  it("except on the manage page, where what is written meanwhile is one more change", async () => {
    keepToken(ID, TOKEN);
    let title = "Brown dog";
    const { answer, letGo } = held({ body: announcement({ title: (title = "Brown dog!") }) });
    serve({
      [`GET ${ONE}`]: () => ({ body: announcement({ title: "Brown dog" }) }),
      [`PATCH ${ONE}`]: answer,
    });
    open("/manage/:id", <ManagePage />, `/manage/${ID}`);
    const field = await screen.findByLabelText("Title");
    await userEvent.type(field, "!");
    await press("Save changes");
    await userEvent.type(field, "?");
    letGo();
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Save changes" })).not.toHaveAttribute("aria-disabled"),
    );
    expect(field).toHaveValue(`${title}?`);
  });
});

describe("after the API found something wrong", () => {
  const WRONG = { status: 422, body: { errors: [{ field: "title", message: "must be a single line" }] } };
  const isWrong = (name: string) => screen.getByLabelText(name).getAttribute("aria-invalid");

  beforeEach(() => keepToken(ID, TOKEN));

  it("the manage page shows what the person gets wrong next, and nothing at what was mended", async () => {
    serve({ [`GET ${ONE}`]: () => ({ body: announcement() }), [`PATCH ${ONE}`]: () => WRONG });
    open("/manage/:id", <ManagePage />, `/manage/${ID}`);
    await userEvent.type(await screen.findByLabelText("Title"), "!");
    await press("Save changes");
    expect(await screen.findByText("Write this in a single line.")).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText("Title"), "!");
    expect(isWrong("Title")).toBe("false");
    await userEvent.type(screen.getByLabelText("E-mail"), "@");
    await press("Save changes");
    expect(screen.getByText("This does not look like an e-mail address.")).toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText("E-mail"));
    expect(isWrong("E-mail")).toBe("false");
  });

  it("so does the form of a message", async () => {
    localStorage.clear();
    const body = { errors: [{ field: "reply_to", message: "must be a single line" }] };
    serve({
      [`GET ${ONE}`]: () => ({ body: announcement() }),
      [`POST ${ONE}/messages`]: () => ({ status: 422, body }),
    });
    open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
    await userEvent.type(await screen.findByLabelText("Your message"), "I saw him");
    await press("Send the message");
    expect(await screen.findByText("Write this in a single line.")).toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText("Your message"));
    await press("Send again");
    expect(screen.getByText("Write a few words.")).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText("Your message"), "I");
    expect(isWrong("Your message")).toBe("false");
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AnnouncementPage } from "@/features/announcement";
import { ManagePage } from "@/features/manage";
import { ReportPage } from "@/features/report";
import { reports, startAnew } from "@/features/report/report-store";
import { keepToken } from "@/lib/manage-token";
import { announcement, ID, picture, TOKEN } from "../builders";
import { serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const SHOW = `GET /api/announcements/${ID}`;
const CHANGE = `PATCH /api/announcements/${ID}`;
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole("button", { name }));

describe("the focus on the manage page", () => {
  const manage = () => open("/manage/:id", <ManagePage />, `/manage/${ID}`);

  beforeEach(() => {
    window.history.replaceState(null, "", "/");
    keepToken(ID, TOKEN);
  });

  it("goes to the news when the announcement was withdrawn", async () => {
    serve({ [SHOW]: () => ({ body: announcement() }), [`DELETE ${SHOW.slice(4)}`]: () => ({ status: 204 }) });
    manage();
    await press("Withdraw");
    await press("Withdraw and erase");
    expect(await screen.findByRole("heading", { name: "This announcement was withdrawn" })).toHaveFocus();
  });

  it("goes to the good news when the button that brought it is gone", async () => {
    let status: "active" | "reunited" = "active";
    serve({
      [SHOW]: () => ({ body: announcement({ status }) }),
      [`POST ${SHOW.slice(4)}/reunited`]: () => ({ body: announcement({ status: (status = "reunited") }) }),
    });
    manage();
    await press("Mark as reunited");
    await waitFor(() => expect(screen.getByText(/marked as reunited/).closest(".notice")).toHaveFocus());
  });

  it("stays on the button that moves a picture, and goes on to the next one when one is removed", async () => {
    let pictures = ["p1", "p2"].map((id) => picture({ id }));
    serve({
      [SHOW]: () => ({ body: announcement({ pictures }) }),
      [CHANGE]: ({ body }) => {
        const { removed_pictures: removed } = body as { removed_pictures?: string[] };
        pictures = removed ? pictures.filter(({ id }) => !removed.includes(id)) : [...pictures].reverse();
        return { body: announcement({ pictures }) };
      },
    });
    manage();
    await press("Move picture 2 forward");
    await waitFor(() => expect(button("Move picture 1 forward")).toHaveFocus());
    await press("Remove picture 2");
    await press("Remove picture");
    await waitFor(() => expect(button("Remove picture 1")).toHaveFocus());
    await press("Remove picture 1");
    await press("Remove picture");
    await waitFor(() => expect(screen.getByRole("heading", { name: "Pictures" })).toHaveFocus());
  });

  it("goes on when a message is marked as read", async () => {
    const message = {
      id: "m1",
      text: "Seen",
      reply_to: null,
      sent_at: "2026-11-20T18:30:00Z",
      read_at: null,
    };
    const read = { ...message, read_at: "2026-11-20T19:00:00Z" };
    serve({
      [SHOW]: () => ({ body: announcement() }),
      [`${SHOW}/messages`]: () => ({ body: { messages: [message] } }),
      [`POST ${SHOW.slice(4)}/messages/m1/read`]: () => ({ body: read }),
    });
    manage();
    await press("Mark as read");
    await waitFor(() => expect(screen.getByText(/^Read /)).toHaveFocus());
  });
});

describe("the focus on the photos of a report", () => {
  it("stays with what moves, and goes on to the next photo or the way to add one", async () => {
    reports.set(new Map());
    startAnew(null);
    serve({});
    open("/report", <ReportPage />, "/report?kind=found");
    const photo = (name: string) => new File(["x"], name, { type: "image/jpeg" });
    await userEvent.upload(screen.getByLabelText("Take or choose a photo"), [photo("1.jpg"), photo("2.jpg")]);
    await press("Move photo 2 forward");
    expect(button("Move photo 1 forward")).toHaveFocus();
    expect(button("Move photo 1 forward")).toHaveAttribute("aria-disabled", "true");
    await press("Remove photo 1");
    expect(button("Remove photo 1")).toHaveFocus();
    await press("Remove photo 1");
    expect(screen.getByLabelText("Take or choose a photo")).toHaveFocus();
  });
});

describe("the focus on an announcement's page", () => {
  const show = (path: string, body: object) => {
    serve({ [SHOW]: () => ({ body: announcement() }), [path]: () => ({ status: 201, body }) });
    open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
  };

  it("goes to the news when a message is sent, and back to the text for another one", async () => {
    show(`POST ${SHOW.slice(4)}/messages`, { id: "m1", sent_at: "2026-11-21T12:00:00Z" });
    await userEvent.type(await screen.findByLabelText("Your message"), "I saw him");
    await press("Send the message");
    const news = await screen.findByText(/Your message is on its way/);
    expect(news.closest(".notice")).toHaveFocus();
    await press("Write another message");
    await waitFor(() => expect(screen.getByLabelText("Your message")).toHaveFocus());
  });

  it("goes to the thanks for a report of abuse", async () => {
    show(`POST ${SHOW.slice(4)}/reports`, { received_at: "2026-11-21T12:00:00Z" });
    await press("Report abuse");
    const dialog = within(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("radio", { name: "Something else" }));
    await userEvent.click(dialog.getByRole("button", { name: "Report it" }));
    const thanks = await dialog.findByText(/Somebody will look at it/);
    expect(thanks.closest(".notice")).toHaveFocus();
  });
});

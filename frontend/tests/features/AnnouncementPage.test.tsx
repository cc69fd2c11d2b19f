import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { AnnouncementPage } from "@/features/announcement";
import { keepToken } from "@/lib/manage-token";
import { announcement, ID, picture, sightings, TOKEN } from "../builders";
import { serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const at = (answer: { status?: number; body?: unknown }) => {
  serve({ [`GET /api/announcements/${ID}`]: () => answer });
  open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
};

it("shows pictures that keep their place and come in the right size", async () => {
  at({ body: announcement({ pictures: [picture()] }) });
  const image = await screen.findByRole("img", { name: "Brown dog" });
  expect(image).toHaveAttribute("width", "4000");
  expect(image).toHaveAttribute("height", "3000");
  expect(image).toHaveAttribute("srcset", "/renditions/p1/d-640.webp 640w, /renditions/p1/d-1600.webp 1600w");
});

it("gives a stranger's link no credit and no window", async () => {
  at({ body: announcement({ link: "https://example.org/" }) });
  const link = await screen.findByRole("link", { name: "More about it on example.org" });
  expect(link).toHaveAttribute("rel", "noopener nofollow ugc");
});

it("shows the good news", async () => {
  at({ body: announcement({ status: "reunited" }) });
  expect(await screen.findByText("Good news: this pet is home again.")).toBeInTheDocument();
});

it("shows the way to manage it only on the device that announced it", async () => {
  keepToken(ID, TOKEN);
  at({ body: announcement() });
  expect(await screen.findByRole("link", { name: /^Manage it/ })).toHaveAttribute("href", `/manage/${ID}`);
});

it.each([
  [404, {}, "There is no such announcement"],
  [410, { state: "withdrawn" }, "This announcement was withdrawn"],
  [410, { state: "hidden" }, "This announcement is hidden for now"],
  [410, { state: "expired", announcement_title: "Grey cat" }, "This announcement has expired"],
])("is kind about %i %j", async (status, members, title) => {
  at({ status, body: { title: "Gone", status, ...members } });
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent(title);
  expect(screen.getByRole("link", { name: "See what is on the map now" })).toHaveAttribute("href", "/");
});

it("lists what was seen of a lost pet, each line leading to who saw it", async () => {
  const seen = sightings(
    { id: "b".repeat(20), title: "Dog by the mill", distance: 306 },
    { id: "c".repeat(20), title: "A dog, I think", distance: 4_200 },
  );
  serve({
    [`GET /api/announcements/${ID}`]: () => ({ body: announcement({ kind: "lost" }) }),
    [`GET /api/announcements/${ID}/sightings`]: () => ({ body: seen }),
  });
  open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
  const section = await screen.findByRole("region", { name: "Seen since then" });
  const lines = within(section).getAllByRole("link");
  expect(lines.map((line) => line.getAttribute("href"))).toEqual(
    ["b", "c"].map((id) => `/a/${id.repeat(20)}`),
  );
  expect(lines[0]).toHaveTextContent("300 m away");
  expect(lines[1]).toHaveTextContent("4 km away");
});

it("asks nobody where a found pet was seen", async () => {
  const calls = serve({ [`GET /api/announcements/${ID}`]: () => ({ body: announcement() }) });
  open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
  expect(await screen.findByRole("link", { name: "It is mine: write to the finder" })).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "I have seen it" })).toBeNull();
  expect(calls.filter(({ path }) => path.endsWith("/sightings"))).toEqual([]);
});

it("walks through its pictures by buttons and by arrows", async () => {
  const scrollTo = vi.fn();
  Element.prototype.scrollTo = scrollTo;
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(360);
  at({ body: announcement({ pictures: [picture({ id: "p1" }), picture({ id: "p2" })] }) });
  expect(await screen.findByText("1 of 2")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Picture before" })).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Next picture" }));
  expect(scrollTo).toHaveBeenLastCalledWith({ left: 360 });
  screen.getByRole("link", { name: "Brown dog, picture 1 of 2" }).focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(scrollTo).toHaveBeenCalledTimes(2);
});

it("leads whoever saw it to a sighting about it, and whoever misses a found one to the finder", async () => {
  at({ body: announcement({ kind: "lost" }) });
  expect(await screen.findByRole("link", { name: "I have seen it" })).toHaveAttribute(
    "href",
    `/report?kind=sighting&about=${ID}`,
  );
});

it("says how rough the place is", async () => {
  const { public_place } = announcement();
  at({ body: announcement({ public_place: { ...public_place, blur: "area" } }) });
  expect(await screen.findByText(/to about 1 km/)).toBeInTheDocument();
});

it("warns louder where a text holds a phone number", async () => {
  at({ body: announcement({ text: "Call 600 100 200" }) });
  expect(await screen.findByText(/shows a phone number or an e-mail address/)).toBeInTheDocument();
});

it("copies its address where the device has no way to share", async () => {
  const user = userEvent.setup();
  at({ body: announcement() });
  await user.click(await screen.findByRole("button", { name: "Copy the link" }));
  expect(await screen.findByText("The link is copied.")).toBeInTheDocument();
  expect(await navigator.clipboard.readText()).toBe(`${window.location.origin}/a/${ID}`);
});

it("shares by the device's own way, and says nothing when one changes one's mind", async () => {
  const share = vi.fn().mockRejectedValue(new DOMException("no", "AbortError"));
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { share }));
  at({ body: announcement() });
  await userEvent.click(await screen.findByRole("button", { name: "Share" }));
  expect(share).toHaveBeenCalledWith({ title: "Brown dog", url: `${window.location.origin}/a/${ID}` });
  expect(screen.queryByText("The link is copied.")).toBeNull();
});

it("shows script, HTML and marks of direction as text", async () => {
  const nasty = "<script>alert(1)</script> <b>x</b> \u202eabc & &amp; " + "\u{1f415}".repeat(500);
  at({ body: announcement({ title: "<img src=x onerror=alert(1)>", text: nasty }) });
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("<img src=x onerror=alert(1)>");
  expect(screen.getByText(/alert\(1\)<\/script>/)).toHaveAttribute("dir", "auto");
  expect(document.querySelector("main script, b")).toBeNull();
});

const REPORTS = `POST /api/announcements/${ID}/reports`;

it("takes a report of abuse, with a reason", async () => {
  const calls = serve({
    [`GET /api/announcements/${ID}`]: () => ({ body: announcement() }),
    [REPORTS]: () => ({ status: 201, body: { received_at: "2026-11-21T12:00:00Z" } }),
  });
  open("/a/:id", <AnnouncementPage />, `/a/${ID}`);
  await userEvent.click(await screen.findByRole("button", { name: "Report abuse" }));
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Report it" }));
  expect(dialog.getByText("Choose what is wrong.")).toBeInTheDocument();
  await userEvent.click(dialog.getByRole("radio", { name: "Somebody wants money or cheats" }));
  await userEvent.type(dialog.getByLabelText("What should we know?"), "Asked for 500");
  await userEvent.click(dialog.getByRole("button", { name: "Report it" }));
  expect(await dialog.findByText(/Somebody will look at it/)).toBeInTheDocument();
  const report = calls.find(({ path }) => path.endsWith("/reports"))?.body;
  expect(report).toEqual({ reason: "scam", text: "Asked for 500", website: "" });
  await userEvent.click(dialog.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

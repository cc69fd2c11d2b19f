import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { AnnouncementPage } from "@/features/announcement";
import { keepToken } from "@/lib/manage-token";
import { announcement, ID, picture, TOKEN } from "../builders";
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
  const link = await screen.findByRole("link", { name: "More about it" });
  expect(link).toHaveAttribute("rel", "noopener nofollow ugc");
});

it("shows the good news", async () => {
  at({ body: announcement({ status: "reunited" }) });
  expect(await screen.findByText("Good news: this pet is home again.")).toBeInTheDocument();
});

it("shows the way to manage it only on the device that announced it", async () => {
  keepToken(ID, TOKEN);
  at({ body: announcement() });
  expect(await screen.findByRole("link", { name: "Manage it" })).toHaveAttribute("href", `/manage/${ID}`);
});

it.each([
  [404, {}, "There is no such announcement"],
  [410, { state: "withdrawn" }, "This announcement was withdrawn"],
  [410, { state: "expired", announcement_title: "Grey cat" }, "This announcement has expired"],
])("is kind about %i %j", async (status, members, title) => {
  at({ status, body: { title: "Gone", status, ...members } });
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent(title);
  expect(screen.getByRole("link", { name: "See what is on the map now" })).toHaveAttribute("href", "/");
});

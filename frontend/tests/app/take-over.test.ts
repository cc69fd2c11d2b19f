import { beforeEach, expect, it, vi } from "vitest";
import { takeOver } from "@/app/take-over";
import { KEYS, queryClient } from "@/lib/query-client";
import { announcement, collection, ID, pin } from "../builders";

const preload = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock("@/app/pages", () => ({ preloadPage: preload }));

const written = (content: string, json: string) => {
  document.body.innerHTML = `<div id="root">${content}</div>
    <script type="application/json" id="announcement">${json}</script>`;
  return document.querySelector<HTMLElement>("#root") as HTMLElement;
};

beforeEach(() => preload.mockClear());

it("waits for the code of the page that is already readable, and takes what it tells", async () => {
  const told = announcement();
  const { id } = told;
  await takeOver(written("<h1>Brown dog</h1>", JSON.stringify(told)));
  expect(preload).toHaveBeenCalledWith(location.pathname);
  expect(queryClient.getQueryData(KEYS.announcement(id))).toEqual(told);
  expect(queryClient.getQueryState(KEYS.announcement(id))?.dataUpdatedAt).toBe(1); // so it is asked for anew
});

it("takes what was seen of it, too", async () => {
  const root = written("<h1>Brown dog</h1>", JSON.stringify(announcement()));
  const seen = collection([pin()]);
  root.insertAdjacentHTML(
    "afterend",
    `<script type="application/json" id="sightings">${JSON.stringify(seen)}</script>`,
  );
  await takeOver(root);
  expect(queryClient.getQueryData(KEYS.sightings(ID))).toEqual(seen);
});

it("leaves an empty page to the frame, which shows that something is coming", async () => {
  await takeOver(written("", ""));
  expect(preload).not.toHaveBeenCalled();
});

it("goes on where the code cannot be loaded, and where what is written cannot be read", async () => {
  preload.mockImplementationOnce(() => Promise.reject(new TypeError("Failed to fetch")));
  await expect(takeOver(written("<h1>Brown dog</h1>", "{"))).resolves.toBeUndefined();
});

import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { MapPage } from "@/features/map";
import { EVERYTHING } from "@/features/map/filters";
import { keepViewport } from "@/features/map/kept-viewports";
import { noteOwnChange } from "@/lib/own-changes";
import { collection, pin } from "../builders";
import { serve } from "../server";
import { open } from "./page";

vi.mock("@/components/PetMap", () => ({ default: () => null }));

const HERE = "/?at=50.06120,19.93870,13&time=all";

beforeEach(() => {
  // jsdom gives every element no size at all; the map's is what the first question follows from
  const box = { width: 800, height: 600 } as DOMRect;
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(box);
});

const answering = (...pins: ReturnType<typeof pin>[]) =>
  serve({ "GET /api/announcements": () => ({ body: collection(pins) }) });

it("lists what is on the map, each with a link to its page", async () => {
  answering(pin({ title: "<script>Rex</script>" }));
  open("/", <MapPage />, HERE);
  const list = await screen.findByRole("list", { name: "Announcements on the map" });
  const link = within(list).getByRole("link", { name: /<script>Rex<\/script>/ });
  expect(link).toHaveAttribute("href", `/a/${pin().id}`);
  expect(screen.getByText("1 announcement in view")).toBeInTheDocument();
});

it("asks with the filters of the address, and writes changed ones into it", async () => {
  const calls = answering(pin());
  open("/", <MapPage />, `${HERE}&kind=lost`);
  expect(await screen.findByRole("checkbox", { name: "Lost" })).toBeChecked();
  await userEvent.click(screen.getByRole("checkbox", { name: "Found" }));
  await userEvent.selectOptions(screen.getByLabelText("Kind of animal"), "cat");
  expect(screen.getByTestId("address")).toHaveTextContent("kind=lost%2Cfound&species=cat");
  await vi.waitFor(() => expect(calls.at(-1)?.search.get("species")).toBe("cat"));
  expect(calls.at(-1)?.search.get("kind")).toBe("lost,found");
});

it("shows a report of our own at once, before any answer has it", async () => {
  answering(pin());
  open("/", <MapPage />, HERE);
  await screen.findByText("Brown dog");
  act(() => noteOwnChange("mine", pin({ id: "mine", title: "Grey dog" })));
  expect(screen.getByText("Grey dog")).toBeInTheDocument();
});

it("says what to do where nothing was reported", async () => {
  answering();
  open("/", <MapPage />, "/?at=0.00000,0.00000,5&kind=lost");
  await screen.findByText("Nothing has been reported here");
  await userEvent.click(screen.getByRole("button", { name: "Show everything, from any time" }));
  expect(screen.getByTestId("address")).toHaveTextContent("time=all");
  expect(screen.getByTestId("address")).not.toHaveTextContent("kind");
});

it("says that it cannot be reached, and asks again when told to", async () => {
  const answers: ("unreachable" | { body: unknown })[] = ["unreachable", { body: collection([pin()]) }];
  serve({ "GET /api/announcements": () => answers.shift() ?? { body: collection([pin()]) } });
  open("/", <MapPage />, HERE);
  expect(await screen.findByRole("alert")).toHaveTextContent("cannot be reached");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Brown dog")).toBeInTheDocument();
});

it("keeps what it has when the next question fails", async () => {
  let fails = false;
  serve({ "GET /api/announcements": () => (fails ? { status: 503 } : { body: collection([pin()]) }) });
  open("/", <MapPage />, HERE);
  await screen.findByText("Brown dog");
  fails = true;
  await userEvent.click(screen.getByRole("checkbox", { name: "Found" }));
  expect(await screen.findByText(/This may be out of date/)).toBeInTheDocument();
  expect(screen.getByText("Brown dog")).toBeInTheDocument();
});

it("resets the filters, and keeps the place", async () => {
  answering(pin());
  open("/", <MapPage />, "/?at=50.06120,19.93870,13&kind=lost&species=cat&time=days&from=2026-10-01");
  expect(await screen.findByLabelText("From")).toHaveValue("2026-10-01");
  await userEvent.click(screen.getByRole("button", { name: "Reset filters" }));
  expect(screen.getByTestId("address").textContent).toBe("/?at=50.06120%2C19.93870%2C13");
  expect(screen.queryByRole("button", { name: "Reset filters" })).toBeNull();
});

it("asks for the days that were chosen, each once it is whole", async () => {
  const calls = answering(pin());
  open("/", <MapPage />, HERE);
  await userEvent.selectOptions(await screen.findByLabelText("Time"), "days");
  const from = screen.getByLabelText("From");
  fireEvent.change(from, { target: { value: "0002-10-01" } }); // the year is being typed
  expect(from).toHaveValue("0002-10-01");
  expect(screen.getByTestId("address")).not.toHaveTextContent("from");
  fireEvent.change(from, { target: { value: "2026-10-01" } });
  expect(screen.getByTestId("address")).toHaveTextContent("time=days&from=2026-10-01");
  const begin = `${new Date("2026-10-01T00:00:00").toISOString().slice(0, 19)}Z`;
  await vi.waitFor(() => expect(calls.at(-1)?.search.get("datetime")).toBe(`${begin}/..`));
});

it("leads on from where there is nothing: out, back in time, to a report", async () => {
  answering();
  open("/", <MapPage />, "/?at=50.06120,19.93870,13");
  await screen.findByText("Nothing has been reported here");
  expect(screen.getByRole("link", { name: "Report a pet here" })).toHaveAttribute(
    "href",
    "/report?at=50.06120,19.93870,13",
  );
  await userEvent.click(screen.getByRole("button", { name: "Zoom out" }));
  expect(screen.getByRole("region", { name: "What is on the map" })).toHaveFocus();
});

it("says what it found in a place that stays, so that it is read out", async () => {
  const answers = [collection([pin()]), collection([])];
  serve({ "GET /api/announcements": () => ({ body: answers.shift() }) });
  open("/", <MapPage />, HERE);
  const status = screen.getByText("Looking for announcements…");
  expect(status).toHaveAttribute("role", "status");
  await vi.waitFor(() => expect(status).toHaveTextContent("1 announcement in view"));
  await userEvent.selectOptions(screen.getByLabelText("Kind of animal"), "cat");
  await vi.waitFor(() => expect(status).toHaveTextContent("Nothing has been reported here"));
});

it("shows the last map from the device where there is no network, and says how old it is", async () => {
  const at = Date.parse("2026-11-20T10:30:00");
  const question = { bbox: "19,50,20,51", zoom: 13, filters: { ...EVERYTHING } };
  keepViewport({ question, pins: [pin()], clusters: [], hasMore: false, delay: null }, at);
  serve({ "GET /api/announcements": () => "unreachable" });
  open("/", <MapPage />, HERE);
  expect(await screen.findByText("Brown dog")).toBeInTheDocument();
  expect(screen.getByText(/Kept on this device, as it was on 20 November 2026/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Try again" })).toBeInTheDocument();
});

it("keeps what it was answered on the device", async () => {
  answering(pin());
  open("/", <MapPage />, HERE);
  await screen.findByText("Brown dog");
  await vi.waitFor(() => expect(localStorage.getItem("homeward.viewports")).toContain("Brown dog"));
});

it("is patient with a busy service for as long as it asks", async () => {
  serve({ "GET /api/announcements": () => ({ status: 503, headers: { "Retry-After": "30" } }) });
  open("/", <MapPage />, HERE);
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "Homeward is busy right now. Wait a moment, then try again. It is tried again by itself in 30 seconds.",
  );
});

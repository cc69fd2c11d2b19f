import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { MapPage } from "@/features/map";
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

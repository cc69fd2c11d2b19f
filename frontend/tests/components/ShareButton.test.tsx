import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ShareButton } from "@/components/ShareButton";

const URL = "https://example.org/a/x";
const show = (share?: () => Promise<void>) => {
  vi.stubGlobal("navigator", { ...navigator, share, clipboard: { writeText } });
  render(<ShareButton title="Brown dog" text="Please help to find: Brown dog" url={URL} />);
};
const writeText = vi.fn<(text: string) => Promise<void>>();
const press = () => userEvent.click(screen.getByRole("button"));

it("copies the link with its words where the device cannot share", async () => {
  writeText.mockResolvedValue();
  show();
  await press();
  expect(await screen.findByText("The link is copied.")).toBeInTheDocument();
  expect(writeText).toHaveBeenCalledWith(`Please help to find: Brown dog ${URL}`);
});

it("copies where sharing fails, and leaves those alone who changed their mind", async () => {
  writeText.mockResolvedValue();
  const share = vi.fn().mockRejectedValueOnce(new DOMException("", "AbortError"));
  share.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  show(share);
  await press();
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
  await press();
  expect(await screen.findByText("The link is copied.")).toBeInTheDocument();
});

it("shows the link where it cannot be copied either", async () => {
  writeText.mockRejectedValue(new Error("refused"));
  document.execCommand = () => false;
  show();
  await press();
  expect(await screen.findByText(`It could not be copied. This is the link: ${URL}`)).toBeInTheDocument();
});

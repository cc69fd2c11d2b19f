import { expect, it, vi } from "vitest";
import { alone } from "@/features/report/alone";

const withLocks = (request: (name: string, work: () => Promise<unknown>) => Promise<unknown>) =>
  vi.stubGlobal("navigator", { locks: { request } });

it("works where the browser refuses locks, one after the other", async () => {
  withLocks(() => Promise.reject(new DOMException("Access to the Locks API is denied.", "SecurityError")));
  const done: string[] = [];
  const work = (name: string) => async () => {
    done.push(`${name} begins`);
    await Promise.resolve();
    done.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([alone("report", work("first")), alone("report", work("second"))])).toEqual([
    "first",
    "second",
  ]);
  expect(done).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

it("does nothing twice: what fails under a lock has failed", async () => {
  withLocks((_, work) => work());
  const work = vi.fn(() => Promise.reject(new Error("refused")));
  await expect(alone("report", work)).rejects.toThrow("refused");
  expect(work).toHaveBeenCalledTimes(1);
});

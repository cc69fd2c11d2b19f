import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { ownChanges } from "@/lib/own-changes";
import { queryClient } from "@/lib/query-client";

queryClient.setDefaultOptions({ queries: { networkMode: "always", retry: false } });

// What jsdom lacks and the pages use.
Element.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;
URL.createObjectURL = () => "blob:photo";
URL.revokeObjectURL = () => undefined;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

afterEach(() => {
  cleanup();
  queryClient.clear();
  ownChanges.set(new Map());
  localStorage.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

import { Store } from "@/lib/store";

/** What the worker writes on an answer that it had kept on the device (src/service-worker.js). */
export const KEPT = "Homeward-Kept";

/** Whether the last question reached the server: a device may be in a network that leads nowhere. */
export const reachable = new Store(true);

export function noteReach(reached: boolean): void {
  if (reachable.get() !== reached) reachable.set(reached);
}

window.addEventListener("online", () => noteReach(true)); // until a question tells otherwise

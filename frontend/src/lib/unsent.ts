import { stored, storedKeys } from "@/lib/storage";

/** The keys of what a report keeps on the device, known here so that the rest need not be loaded to ask for it. */
export const REPORT_KEY = "homeward.report"; // of one about somebody's announcement with its id behind it
export const SENT_KEY = "homeward.sent";
export const DELIVERIES_KEY = "homeward.deliveries";

/** Tell whether something on this device is to be sent: a report that waits or was refused, or the photos of one. */
export function hasUnsent(): boolean {
  const isUnsent = (key: string) => /"isWaiting":true|"refusal":\{/.test(stored(key) ?? "");
  return stored(DELIVERIES_KEY) !== null || storedKeys(REPORT_KEY).some(isUnsent);
}

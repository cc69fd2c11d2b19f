import { stored } from "@/lib/storage";

/** The keys of what a report keeps on the device, known here so that the rest need not be loaded to ask for it. */
export const REPORT_KEY = "homeward.report";
export const SENT_KEY = "homeward.sent";
export const DELIVERIES_KEY = "homeward.deliveries";

/** Tell whether something on this device waits to be sent: a report, or the photos of one. */
export function hasUnsent(): boolean {
  return stored(DELIVERIES_KEY) !== null || (stored(REPORT_KEY) ?? "").includes('"isWaiting":true');
}

import { randomKey } from "@/lib/random";
import { forget, store, stored } from "@/lib/storage";

/** A message while it is written: it waits on the device for the network, a reload or another day. */
export interface KeptMessage {
  text: string;
  replyTo: string;
  /** What it was last sent as, and under which key: sent again unchanged, it is the same message. */
  sent?: { as: string; key: string };
}

const key = (announcementId: string) => `homeward.message.${announcementId}`;
const EMPTY: KeptMessage = { text: "", replyTo: "" };

export function keptMessage(announcementId: string): KeptMessage {
  try {
    const kept = JSON.parse(stored(key(announcementId)) ?? "null") as Partial<KeptMessage> | null;
    if (typeof kept?.text !== "string" || typeof kept.replyTo !== "string") return EMPTY;
    return { text: kept.text, replyTo: kept.replyTo, sent: kept.sent };
  } catch {
    return EMPTY;
  }
}

export function keepMessage(announcementId: string, message: KeptMessage): void {
  if (!message.text && !message.replyTo) return forget(key(announcementId));
  store(key(announcementId), JSON.stringify(message));
}

export const forgetMessage = (announcementId: string): void => forget(key(announcementId));

/** The message with the key to send it under: the last one as long as nothing was changed. */
export function keyed(message: KeptMessage, body: unknown): KeptMessage & { sent: { key: string } } {
  const as = JSON.stringify(body);
  const sent = message.sent?.as === as ? message.sent : { as, key: randomKey() };
  return { ...message, sent };
}

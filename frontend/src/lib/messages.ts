import type { Outcome } from "@/lib/api";
import { answer, bearer, of } from "@/lib/api";
import { client } from "@/lib/http";

/** A message to whoever announced, as they read it. */
export interface Message {
  id: string;
  text: string;
  reply_to: string | null;
  sent_at: string;
  read_at: string | null;
}

export interface MessageBody {
  text: string;
  reply_to: string | null;
  website: string;
}

export const REPORT_REASONS = ["scam", "offensive", "spam", "not_a_pet", "other"] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export interface ReportBody {
  reason: ReportReason;
  text: string | null;
  website: string;
}

export const MAX_MESSAGE = 2_000; // characters, as the API has it
export const MAX_REPLY_TO = 200;
export const MAX_REPORT = 1_000;

type Call = (path: string, init: object) => Promise<Outcome<unknown>>;
const { GET: get, POST: post } = client as unknown as { GET: Call; POST: Call };
const MESSAGES = "/api/announcements/{announcement_id}/messages";

export const messages = {
  /** The same key with the same body is one message, however often it is sent. */
  send: (id: string, body: MessageBody, idempotencyKey: string): Promise<unknown> =>
    answer(post(MESSAGES, { ...of(id), body, headers: { "Idempotency-Key": idempotencyKey } })),

  list: async (id: string, token: string): Promise<Message[]> => {
    const all = await answer(get(MESSAGES, { ...of(id), headers: bearer(token) }));
    return (all as { messages: Message[] }).messages;
  },

  read: (id: string, messageId: string, token: string): Promise<Message> =>
    answer(
      post(`${MESSAGES}/{message_id}/read`, {
        params: { path: { announcement_id: id, message_id: messageId } },
        headers: bearer(token),
      }),
    ) as Promise<Message>,

  report: (id: string, body: ReportBody): Promise<unknown> =>
    answer(post("/api/announcements/{announcement_id}/reports", { ...of(id), body })),
};

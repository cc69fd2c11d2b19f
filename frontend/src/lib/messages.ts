import type { components } from "@/lib/api-types";
import { answer, bearer, of } from "@/lib/api";
import { client } from "@/lib/http";

type Schemas = components["schemas"];

/** A message to whoever announced, as they read it. */
export type Message = Schemas["MessageOut"];
export type MessageBody = Schemas["MessageIn"];
export type ReportBody = Schemas["ReportIn"];
export type ReportReason = ReportBody["reason"];

export const REPORT_REASONS: readonly ReportReason[] = ["scam", "offensive", "spam", "not_a_pet", "other"];
export const MAX_MESSAGE = 2_000; // characters, as the API has it
export const MAX_REPLY_TO = 200;
export const MAX_REPORT = 1_000;

const MESSAGES = "/api/announcements/{announcement_id}/messages";

export const messages = {
  /** The same key with the same body is one message, however often it is sent. */
  send: (id: string, body: MessageBody, idempotencyKey: string) =>
    answer(client.POST(MESSAGES, { ...of(id), body, headers: { "Idempotency-Key": idempotencyKey } })),

  list: async (id: string, token: string): Promise<Message[]> =>
    (await answer(client.GET(MESSAGES, { ...of(id), headers: bearer(token) }))).messages,

  read: (id: string, messageId: string, token: string): Promise<Message> =>
    answer(
      client.POST(`${MESSAGES}/{message_id}/read`, {
        params: { path: { announcement_id: id, message_id: messageId } },
        headers: bearer(token),
      }),
    ),

  report: (id: string, body: ReportBody) =>
    answer(client.POST("/api/announcements/{announcement_id}/reports", { ...of(id), body })),
};

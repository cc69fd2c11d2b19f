import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { WORDS } from "@/features/announcement/contact/words";
import { forgetMessage, keepMessage, keptMessage, keyed } from "@/lib/kept-message";
import { messages } from "@/lib/messages";
import { type FieldError, Problem } from "@/lib/problem";

/** A message while it is written and sent: whatever happens, nothing of it is lost or sent twice. */
export function useMessage(id: string) {
  const [message, setMessage] = useState(() => keptMessage(id));
  const [website, setWebsite] = useState("");
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const sending = useMutation({
    mutationFn: () => {
      const body = { text: message.text.trim(), reply_to: message.replyTo.trim() || null, website };
      const { sent } = keyed(message, body);
      keepMessage(id, { ...message, sent });
      setMessage({ ...message, sent });
      return messages.send(id, body, sent.key);
    },
    onSuccess: () => forgetMessage(id),
  });
  const change = (changes: { text?: string; replyTo?: string }) => {
    const changed = { ...message, ...changes };
    setMessage(changed);
    keepMessage(id, changed);
  };
  const send = (): boolean => {
    const missing = message.text.trim() ? [] : [{ field: "text", message: WORDS.message.missing }];
    setFound(missing);
    if (!missing.length) sending.mutate();
    return !missing.length;
  };
  const writeAnother = () => {
    sending.reset();
    setMessage({ text: "", replyTo: message.replyTo });
  };
  const errors = sending.error instanceof Problem ? sending.error.errors : found;
  return { message, change, website, setWebsite, send, sending, errors, writeAnother };
}

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { WORDS } from "@/features/announcement/contact/words";
import { cleaned, lengthOf, oneLine } from "@/lib/texts";
import { forgetMessage, keepMessage, type KeptMessage, keptMessage, keyed } from "@/lib/kept-message";
import { MAX_MESSAGE, MAX_REPLY_TO, messages } from "@/lib/messages";
import { type FieldError, Problem } from "@/lib/problem";

/** A message while it is written and sent: whatever happens, nothing of it is lost or sent twice. */
export function useMessage(id: string) {
  const [message, setMessage] = useState(() => keptMessage(id));
  const [website, setWebsite] = useState("");
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const sending = useMutation({
    mutationFn: () => {
      const body = { text: cleaned(message.text), reply_to: oneLine(message.replyTo) || null, website };
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
    const wrong = wrongIn(message);
    setFound(wrong);
    if (!wrong.length) sending.mutate();
    return !wrong.length;
  };
  const writeAnother = () => {
    sending.reset();
    setMessage({ text: "", replyTo: message.replyTo });
  };
  const errors = sending.error instanceof Problem ? sending.error.errors : found;
  return { message, change, website, setWebsite, send, sending, errors, writeAnother };
}

/** What a person can mend before anything is sent; lengths are counted as people count, not cut while one types. */
function wrongIn({ text, replyTo }: KeptMessage): FieldError[] {
  const tooLong = (most: number) => WORDS.message.tooLong(most);
  return [
    ...(cleaned(text) ? [] : [{ field: "text", message: WORDS.message.missing }]),
    ...(lengthOf(cleaned(text)) > MAX_MESSAGE ? [{ field: "text", message: tooLong(MAX_MESSAGE) }] : []),
    ...(lengthOf(oneLine(replyTo)) > MAX_REPLY_TO
      ? [{ field: "reply_to", message: tooLong(MAX_REPLY_TO) }]
      : []),
  ];
}

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { WORDS } from "@/features/announcement/contact/words";
import { cleaned, lengthOf, oneLine } from "@/lib/texts";
import { forgetMessage, keepMessage, type KeptMessage, keptMessage, keyed } from "@/lib/kept-message";
import { MAX_MESSAGE, MAX_REPLY_TO, messages } from "@/lib/messages";
import { errorsIn, type FieldError, isTrapped, without } from "@/lib/problem";

/** A message while it is written and sent: whatever happens, nothing of it is lost or sent twice. */
export function useMessage(id: string) {
  const [message, setMessage] = useState(() => keptMessage(id));
  const [website, setWebsite] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const sending = useMutation({
    mutationFn: () => {
      const body = { text: cleaned(message.text), reply_to: oneLine(message.replyTo) || null, website };
      const { sent } = keyed(message, body);
      keepMessage(id, { ...message, sent });
      setMessage({ ...message, sent });
      return messages.send(id, body, sent.key);
    },
    onSuccess: () => forgetMessage(id),
    onError: (reason) => {
      setErrors(errorsIn(reason));
      if (isTrapped(reason)) setWebsite("");
    },
  });
  const change = (changes: Partial<Written>) => {
    const changed = { ...message, ...changes };
    setMessage(changed);
    keepMessage(id, changed);
    setErrors((last) => without(last, fieldsOf(changes)));
  };
  const send = (onFault: () => void): void => {
    const wrong = wrongIn(message);
    setErrors(wrong);
    if (!wrong.length) return sending.mutate(undefined, { onError: onFault });
    sending.reset();
    onFault();
  };
  const writeAnother = () => {
    sending.reset();
    setMessage({ text: "", replyTo: message.replyTo });
  };
  return { message, change, website, setWebsite, send, sending, errors, writeAnother };
}

type Written = Pick<KeptMessage, "text" | "replyTo">;

/** What the API calls the fields that were changed. */
const fieldsOf = (changes: Partial<Written>): string[] =>
  Object.keys(changes).map((name) => (name === "replyTo" ? "reply_to" : name));

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

import { type FormEvent, useRef } from "react";
import { Field } from "@/components/Field";
import { Honeypot } from "@/components/Honeypot";
import { Notice } from "@/components/Notice";
import { useMessage } from "@/features/announcement/contact/use-message";
import { WORDS } from "@/features/announcement/contact/words";
import type { Kind } from "@/lib/announcements";
import { focusFirstError } from "@/lib/focus";
import { messageFor, messageOf, Problem } from "@/lib/problem";

const words = WORDS.message;

/** The way to whoever announced, without either learning more of the other than they tell. */
export function MessageForm({ id, kind }: { id: string; kind: Kind }) {
  const { message, change, website, setWebsite, send, sending, errors, writeAnother } = useMessage(id);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!send()) focusFirstError(form.current);
  };
  return (
    <section className="card" id="message" aria-labelledby="message-title">
      <h2 id="message-title">{words.title[kind]}</h2>
      {sending.isSuccess ? (
        <Sent canBeAnswered={Boolean(message.replyTo.trim())} onAnother={writeAnother} />
      ) : (
        <form ref={form} onSubmit={submit} noValidate>
          <p className="field__hint">{words.lead[kind]}</p>
          <Field label={words.text} error={messageFor(errors, "text")}>
            {(control) => (
              <textarea
                {...control}
                rows={4}
                dir="auto"
                value={message.text}
                onChange={(event) => change({ text: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={words.replyTo}
            hint={words.replyToHint}
            error={messageFor(errors, "reply_to")}
            optional
          >
            {(control) => (
              <input
                {...control}
                autoComplete="email"
                value={message.replyTo}
                onChange={(event) => change({ replyTo: event.target.value })}
              />
            )}
          </Field>
          <Honeypot label={words.website} value={website} onChange={setWebsite} />
          {sending.error ? <Failed error={sending.error} /> : null}
          <button type="submit" className="button button--primary" disabled={sending.isPending}>
            {sending.isPending ? words.sending : sending.error ? words.again : words.send}
          </button>
        </form>
      )}
    </section>
  );
}

function Sent({ canBeAnswered, onAnother }: { canBeAnswered: boolean; onAnother: () => void }) {
  return (
    <>
      <Notice tone="good">
        <p>{words.sent}</p>
        {canBeAnswered ? null : <p>{words.sentNoReply}</p>}
      </Notice>
      <button type="button" className="button" onClick={onAnother}>
        {words.another}
      </button>
    </>
  );
}

function Failed({ error }: { error: unknown }) {
  const tooMany = error instanceof Problem && error.status === 429;
  const text = tooMany ? words.tooMany : messageOf(error);
  return (
    <Notice tone="problem">
      <p>{text}</p>
      <p>{words.kept}</p>
    </Notice>
  );
}

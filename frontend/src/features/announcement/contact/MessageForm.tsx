import { type FormEvent, useRef } from "react";
import { ActButton } from "@/components/ActButton";
import { Fields } from "@/components/Fields";
import { Field } from "@/components/Field";
import { WORDS as SHARED_WORDS } from "@/components/form-words";
import { Honeypot } from "@/components/Honeypot";
import { Notice } from "@/components/Notice";
import { useMessage } from "@/features/announcement/contact/use-message";
import { WORDS } from "@/features/announcement/contact/words";
import type { Kind } from "@/lib/announcements";
import { focusFirstError, focusSubmitter } from "@/lib/focus";
import { isTrapped, messageFor, messageOf, Problem } from "@/lib/problem";

const words = WORDS.message;

/** The way to whoever announced, without either learning more of the other than they tell. */
export function MessageForm({ id, kind }: { id: string; kind: Kind }) {
  const { message, change, website, setWebsite, send, sending, errors, writeAnother } = useMessage(id);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    focusSubmitter(event);
    send(() => focusFirstError(form.current));
  };
  const another = () => {
    writeAnother();
    requestAnimationFrame(() => form.current?.querySelector("textarea")?.focus());
  };
  return (
    <section className="card" id="message" aria-labelledby="message-title">
      <h2 id="message-title">{words.title[kind]}</h2>
      {sending.isSuccess ? (
        <Sent canBeAnswered={Boolean(message.replyTo.trim())} onAnother={another} />
      ) : (
        <form ref={form} onSubmit={submit} noValidate>
          <p className="field__hint">{words.lead[kind]}</p>
          <Fields off={sending.isPending}>
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
          </Fields>
          <Honeypot label={words.website} value={website} onChange={setWebsite} />
          {sending.error ? <Failed error={sending.error} /> : null}
          <ActButton type="submit" className="button button--primary" off={sending.isPending}>
            {sending.isPending ? words.sending : sending.error ? words.again : words.send}
          </ActButton>
        </form>
      )}
    </section>
  );
}

function Sent({ canBeAnswered, onAnother }: { canBeAnswered: boolean; onAnother: () => void }) {
  return (
    <>
      <Notice tone="good" isNews>
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
  const text = tooMany ? words.tooMany : isTrapped(error) ? SHARED_WORDS.fields.trap : messageOf(error);
  return (
    <Notice tone="problem">
      <p>{text}</p>
      <p>{words.kept}</p>
    </Notice>
  );
}

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { ActButton } from "@/components/ActButton";
import { Fields } from "@/components/Fields";
import { WORDS as SHARED_WORDS } from "@/components/form-words";
import { Field, FieldError } from "@/components/Field";
import { Honeypot } from "@/components/Honeypot";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { WORDS } from "@/features/announcement/contact/words";
import { focusSubmitter } from "@/lib/focus";
import { cleaned } from "@/lib/texts";
import { MAX_REPORT, messages, REPORT_REASONS, type ReportReason } from "@/lib/messages";
import { isTrapped, messageFor, messageOf, Problem } from "@/lib/problem";

const words = WORDS.report;

/** Tell us of an announcement that should not be here. */
export function ReportAbuse({ id }: { id: string }) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <button type="button" className="link-button" onClick={() => open(true)}>
        <Icon name="flag" size={18} />
        {words.open}
      </button>
      {isOpen ? <ReportDialog id={id} onClose={() => open(false)} /> : null}
    </>
  );
}

function ReportDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    // closed before it leaves the page, or the focus would not go back to where it was
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const [isDone, setDone] = useState(false);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onCancel={onClose}>
      <h2 id={titleId}>{words.title}</h2>
      {isDone ? (
        <>
          <Notice tone="good" isNews>
            {words.done}
          </Notice>
          <div className="row row--end">
            <button type="button" className="button" onClick={onClose}>
              {words.close}
            </button>
          </div>
        </>
      ) : (
        <ReportForm id={id} onDone={() => setDone(true)} onClose={onClose} />
      )}
    </dialog>
  );
}

function ReportForm({ id, onDone, onClose }: { id: string; onDone: () => void; onClose: () => void }) {
  const errorId = useId();
  const [reason, setReason] = useState<ReportReason>();
  const [text, setText] = useState("");
  const [website, setWebsite] = useState("");
  const [isMissing, setMissing] = useState(false);
  const sending = useMutation({
    mutationFn: (why: ReportReason) =>
      messages.report(id, { reason: why, text: cleaned(text) || null, website }),
    onSuccess: onDone,
    onError: (reason) => isTrapped(reason) && setWebsite(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!reason);
    if (!reason) return;
    focusSubmitter(event);
    sending.mutate(reason);
  };
  const errors = sending.error instanceof Problem ? sending.error.errors : [];
  return (
    <form onSubmit={submit} noValidate>
      <Fields off={sending.isPending}>
        <fieldset
          className={isMissing ? "reasons field--wrong" : "reasons"}
          aria-describedby={isMissing ? errorId : undefined}
        >
          <legend className="visually-hidden">{words.title}</legend>
          {REPORT_REASONS.map((one) => (
            <label key={one} className="reasons__one">
              <input type="radio" name="reason" checked={reason === one} onChange={() => setReason(one)} />
              {words.reasons[one]}
            </label>
          ))}
          <FieldError id={errorId} message={isMissing ? words.missing : undefined} />
        </fieldset>
        <Field label={words.text} error={messageFor(errors, "text")} optional>
          {(control) => (
            <textarea
              {...control}
              rows={3}
              maxLength={MAX_REPORT}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </Fields>
      <Honeypot label={WORDS.message.website} value={website} onChange={setWebsite} />
      {sending.error ? <Notice tone="problem">{failure(sending.error)}</Notice> : null}
      <div className="row row--end">
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <ActButton type="submit" className="button button--danger" off={sending.isPending}>
          {words.send}
        </ActButton>
      </div>
    </form>
  );
}

function failure(error: unknown): string {
  if (error instanceof Problem && error.status === 429) return words.tooMany;
  return isTrapped(error) ? SHARED_WORDS.fields.trap : messageOf(error);
}

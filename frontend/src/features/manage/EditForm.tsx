import { type FormEvent, useRef, useState } from "react";
import { ActButton } from "@/components/ActButton";
import { Fields } from "@/components/Fields";
import { AboutFields } from "@/components/AboutFields";
import { Field } from "@/components/Field";
import { FormErrors } from "@/components/FormErrors";
import { Notice } from "@/components/Notice";
import { PlaceField } from "@/components/PlaceField";
import { PrivateFields } from "@/components/PrivateFields";
import { WORDS as SHARED_WORDS } from "@/components/form-words";
import type { Edited } from "@/features/manage/kept-changes";
import { useEdited } from "@/features/manage/use-edited";
import type { useManaged } from "@/features/manage/use-managed";
import { WORDS } from "@/features/manage/words";
import { type Kind, KINDS, type OwnAnnouncement } from "@/lib/announcements";
import { changesOf } from "@/lib/draft";
import { errorsOf, fieldsOf } from "@/lib/draft-checks";
import { focusFirstError } from "@/lib/focus";
import { STREET_ZOOM } from "@/lib/map-view";
import { errorsIn, type FieldError, messageFor, without } from "@/lib/problem";
import { SIGN_NAMES } from "@/lib/words";

const words = WORDS.edit;

interface EditFormProps {
  announcement: OwnAnnouncement;
  act: ReturnType<typeof useManaged>["act"];
}

/** Change what was written; only what differs is sent. */
export function EditForm({ announcement, act }: EditFormProps) {
  const edited = useEdited(announcement);
  const { before, draft, isChanged, saved } = edited;
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [start] = useState(() => ({ ...(draft.place ?? announcement.public_place), zoom: STREET_ZOOM }));
  const form = useRef<HTMLFormElement>(null);
  const isMine = typeof act.variables === "object" && act.variables.of === "words";
  const change = (changes: Partial<Edited>) => {
    edited.change(changes);
    setErrors((last) => without(last, "kind" in changes ? ["kind"] : fieldsOf(changes)));
  };
  const isFrozen = announcement.status !== "active";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = errorsOf(draft, announcement.event_at);
    setErrors(missing);
    setError(null);
    if (missing.length) return focusFirstError(form.current);
    const kind = draft.kind === before.kind ? {} : { kind: draft.kind };
    act.mutate(
      { of: "words", changes: { ...kind, ...changesOf(before, draft, announcement) } },
      {
        onSuccess: saved,
        onError: (reason) => {
          setErrors(errorsIn(reason));
          setError(reason);
          focusFirstError(form.current);
        },
      },
    );
  };
  const undo = () => {
    edited.undo();
    setErrors([]);
    setError(null);
  };
  return (
    <form ref={form} className="card" onSubmit={submit} noValidate aria-label={words.title}>
      <h2>{words.title}</h2>
      {isFrozen ? <Notice>{words.frozen}</Notice> : null}
      <Fields off={isFrozen}>
        <Field label={words.kind} error={messageFor(errors, "kind")}>
          {(control) => (
            <select
              {...control}
              value={draft.kind}
              onChange={(event) => change({ kind: event.target.value as Kind })}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {SIGN_NAMES[kind]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <AboutFields draft={draft} errors={errors} onChange={change} />
        <PlaceField
          place={draft.place}
          start={start}
          error={messageFor(errors, "place")}
          blur={draft.blur}
          onChange={(place) => change({ place })}
          onBlurChange={(blur) => change({ blur })}
        />
        <PrivateFields draft={draft} errors={errors} onChange={change} />
        <FormErrors error={error} />
        {errors.length && !error ? <Notice tone="problem">{SHARED_WORDS.fields.check}</Notice> : null}
        <div className="row">
          <ActButton type="submit" className="button button--primary" off={!isChanged || act.isPending}>
            {act.isPending && isMine ? words.saving : words.save}
          </ActButton>
          <ActButton className="button" off={!isChanged || act.isPending} onClick={undo}>
            {words.undo}
          </ActButton>
        </div>
        {isMine && act.isSuccess && !isChanged ? <Notice tone="good">{words.saved}</Notice> : null}
      </Fields>
    </form>
  );
}

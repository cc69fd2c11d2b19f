import { type FormEvent, useRef, useState } from "react";
import { AboutFields } from "@/components/AboutFields";
import { FormErrors } from "@/components/FormErrors";
import { Notice } from "@/components/Notice";
import { PlaceField } from "@/components/PlaceField";
import { PrivateFields } from "@/components/PrivateFields";
import { WORDS as SHARED_WORDS } from "@/components/words";
import type { useManaged } from "@/features/manage/use-managed";
import { WORDS } from "@/features/manage/words";
import type { OwnAnnouncement } from "@/lib/announcements";
import { changesOf, type Draft, draftOf, errorsOf } from "@/lib/draft";
import { focusFirstError } from "@/lib/focus";
import { STREET_ZOOM } from "@/lib/map-view";
import { type FieldError, messageFor, Problem } from "@/lib/problem";

interface EditFormProps {
  announcement: OwnAnnouncement;
  act: ReturnType<typeof useManaged>["act"];
}

/** Change what was written; only what differs is sent. */
export function EditForm({ announcement, act }: EditFormProps) {
  const [before, setBefore] = useState<Draft>(() => draftOf(announcement));
  const [draft, setDraft] = useState<Draft>(before);
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const [start] = useState(() => ({ ...(before.place ?? announcement.public_place), zoom: STREET_ZOOM }));
  const form = useRef<HTMLFormElement>(null);
  const isMine = typeof act.variables === "object" && !("pictures" in act.variables.changes);
  const error = isMine ? act.error : null;
  const errors = error instanceof Problem ? error.errors : found;
  const isFrozen = announcement.status !== "active";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = errorsOf(draft);
    setFound(missing);
    if (missing.length) return focusFirstError(form.current);
    act.mutate(
      { changes: changesOf(before, draft, announcement) },
      {
        onSuccess: () => setBefore(draft),
        onError: () => focusFirstError(form.current),
      },
    );
  };
  const change = (changes: Partial<Draft>) => setDraft((last) => ({ ...last, ...changes }));
  const isChanged = JSON.stringify(before) !== JSON.stringify(draft);
  return (
    <form ref={form} className="card" onSubmit={submit} noValidate aria-label={WORDS.edit}>
      <h2>{WORDS.edit}</h2>
      {isFrozen ? <Notice>{WORDS.frozen}</Notice> : null}
      <fieldset className="plain" disabled={isFrozen}>
        <AboutFields draft={draft} errors={errors} onChange={change} />
        <PlaceField
          place={draft.place}
          start={start}
          error={messageFor(errors, "place")}
          onChange={({ latitude, longitude }) => change({ place: { latitude, longitude } })}
        />
        <PrivateFields draft={draft} errors={errors} onChange={change} />
        <FormErrors error={error} />
        {found.length ? <Notice tone="problem">{SHARED_WORDS.fields.check}</Notice> : null}
        <button type="submit" className="button button--primary" disabled={!isChanged || act.isPending}>
          {act.isPending && isMine ? WORDS.saving : WORDS.save}
        </button>
        {isMine && act.isSuccess && !isChanged ? <Notice tone="good">{WORDS.saved}</Notice> : null}
      </fieldset>
    </form>
  );
}

import type { ReactNode } from "react";
import { Field } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { SpeciesChoice } from "@/components/SpeciesChoice";
import { WORDS } from "@/components/form-words";
import { holdsContact } from "@/lib/contact-in-text";
import type { Draft } from "@/lib/draft";
import { type FieldError, messageFor } from "@/lib/problem";
import { toLocalInput } from "@/lib/time";

export interface DraftFieldsProps {
  draft: Draft;
  errors: readonly FieldError[];
  onChange: (changes: Partial<Draft>) => void;
}

interface AboutFieldsProps extends DraftFieldsProps {
  untitled?: string; // what the title will be when none is written; without it one has to be
  whenHelp?: ReactNode; // below the time
}

const words = WORDS.fields;

/** Which animal, when it happened, and what is to be said about it. */
export function AboutFields({ draft, errors, onChange, untitled, whenHelp }: AboutFieldsProps) {
  return (
    <>
      <SpeciesChoice
        species={draft.species}
        error={messageFor(errors, "species")}
        onChange={(species) => onChange({ species })}
      />
      <Field label={words.when} error={messageFor(errors, "event_at")}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            max={toLocalInput(new Date())}
            value={draft.when}
            onChange={(event) => onChange({ when: event.target.value })}
          />
        )}
      </Field>
      {whenHelp}
      <Field
        label={words.title}
        hint={words.titleHint}
        error={messageFor(errors, "title")}
        optional={untitled !== undefined}
      >
        {(control) => (
          <input
            {...control}
            dir="auto"
            autoComplete="off"
            placeholder={untitled}
            value={draft.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={words.text} hint={words.textHint} error={messageFor(errors, "text")} optional>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            dir="auto"
            value={draft.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </Field>
      {holdsContact(`${draft.title}\n${draft.text}`) ? <Notice>{words.noContactHere}</Notice> : null}
      <Field label={words.link} hint={words.linkHint} error={messageFor(errors, "link")} optional>
        {(control) => (
          <input
            {...control}
            type="url"
            inputMode="url"
            autoComplete="off"
            value={draft.link}
            onChange={(event) => onChange({ link: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

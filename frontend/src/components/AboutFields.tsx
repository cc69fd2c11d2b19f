import { Field } from "@/components/Field";
import { WORDS } from "@/components/words";
import { SPECIES, type Species } from "@/lib/announcements";
import { type Draft, MAX_TEXT, MAX_TITLE } from "@/lib/draft";
import { type FieldError, messageFor } from "@/lib/problem";
import { toLocalInput } from "@/lib/time";
import { SPECIES_NAMES } from "@/lib/words";

export interface DraftFieldsProps {
  draft: Draft;
  errors: readonly FieldError[];
  onChange: (changes: Partial<Draft>) => void;
}

const words = WORDS.fields;

/** Which animal, what is to be said about it, and when it happened. */
export function AboutFields({ draft, errors, onChange }: DraftFieldsProps) {
  return (
    <>
      <Field label={words.species} error={messageFor(errors, "species")}>
        {(control) => (
          <select
            {...control}
            value={draft.species}
            onChange={(event) => onChange({ species: event.target.value as Species | "" })}
          >
            <option value="">{words.chooseSpecies}</option>
            {SPECIES.map((species) => (
              <option key={species} value={species}>
                {SPECIES_NAMES[species]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.title} hint={words.titleHint} error={messageFor(errors, "title")}>
        {(control) => (
          <input
            {...control}
            maxLength={MAX_TITLE}
            value={draft.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
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
      <Field label={words.text} hint={words.textHint} error={messageFor(errors, "text")} optional>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            maxLength={MAX_TEXT}
            value={draft.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

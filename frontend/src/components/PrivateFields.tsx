import type { DraftFieldsProps } from "@/components/AboutFields";
import { Field } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { WORDS } from "@/components/form-words";
import { messageFor } from "@/lib/problem";

const words = WORDS.fields;

const CONTACT = [
  { key: "name", field: "contact.name", label: words.name, type: "text", autoComplete: "name" },
  { key: "email", field: "contact.email", label: words.email, type: "email", autoComplete: "email" },
  { key: "phone", field: "contact.phone", label: words.phone, type: "tel", autoComplete: "tel" },
] as const;

interface PrivateFieldsProps extends DraftFieldsProps {
  withMark?: boolean; // who only saw an animal has none to tell
}

/** What never leaves the owner's hands: how to reach them, and the mark that proves ownership. */
export function PrivateFields({ draft, errors, onChange, withMark = true }: PrivateFieldsProps) {
  return (
    <fieldset className="private">
      <legend>{words.contact}</legend>
      <p className="private__note">
        <Icon name="lock" size={18} />
        {words.contactHint}
      </p>
      {CONTACT.map(({ key, field, label, type, autoComplete }) => (
        <Field key={key} label={label} error={messageFor(errors, field)} optional>
          {(control) => (
            <input
              {...control}
              type={type}
              autoComplete={autoComplete}
              value={draft[key]}
              onChange={(event) => onChange({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {withMark ? (
        <Field
          label={words.secretMark}
          hint={words.secretMarkHint}
          error={messageFor(errors, "secret_mark")}
          optional
        >
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              dir="auto"
              value={draft.secretMark}
              onChange={(event) => onChange({ secretMark: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </fieldset>
  );
}

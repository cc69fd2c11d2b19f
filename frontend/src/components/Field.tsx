import { type ReactNode, useId } from "react";
import { WORDS } from "@/components/form-words";

interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  children: (control: ControlProps) => ReactNode;
}

/** A label, its control, and beside them what helps and what is wrong. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const parts = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean);
  return (
    <div className={error ? "field field--wrong" : "field"}>
      <div className="field__label">
        <label htmlFor={id}>{label}</label>
        {optional ? <span className="field__optional">{WORDS.fields.optional}</span> : null}
      </div>
      {hint ? (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children({ id, "aria-describedby": parts.join(" ") || undefined, "aria-invalid": Boolean(error) })}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

export function FieldError({ id, message }: { id: string; message?: string }) {
  return message ? (
    <p className="field__error" id={id}>
      {message}
    </p>
  ) : null;
}

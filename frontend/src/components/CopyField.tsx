import { useId, useRef, useState } from "react";
import { Icon } from "@/components/Icon";
import { WORDS } from "@/components/words";
import { copyText } from "@/lib/clipboard";

interface CopyFieldProps {
  label: string;
  value: string;
  hint?: string;
}

/** A text to take along, with a button that copies it. */
export function CopyField({ label, value, hint }: CopyFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(value, input.current));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? <p className="field__hint">{hint}</p> : null}
      <div className="copy-field">
        <input id={id} ref={input} readOnly value={value} onFocus={(event) => event.target.select()} />
        <button
          type="button"
          className="button"
          onClick={() => void copy()}
          aria-label={WORDS.copy.label(label)}
        >
          <Icon name={copied ? "check" : "copy"} />
          <span aria-live="polite">{copied ? WORDS.copy.copied : WORDS.copy.copy}</span>
        </button>
      </div>
    </div>
  );
}

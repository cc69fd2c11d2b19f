import { type FormEvent, useState } from "react";
import { Field } from "@/components/Field";
import { WORDS } from "@/features/manage/words";
import { tokenIn } from "@/lib/manage-token";

const words = WORDS.token;

/** The way in for whoever has the private link somewhere else. */
export function TokenForm({ kept, onToken }: { kept: string | null; onToken: (token: string) => void }) {
  const [pasted, setPasted] = useState("");
  const token = tokenIn(pasted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token) onToken(token);
  };
  return (
    <form className="card" onSubmit={submit}>
      {kept ? (
        <button type="button" className="button button--primary" onClick={() => onToken(kept)}>
          {words.kept}
        </button>
      ) : null}
      <Field label={words.field}>
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button" disabled={!token}>
        {words.open}
      </button>
    </form>
  );
}

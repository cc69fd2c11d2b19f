import { Notice } from "@/components/Notice";
import { WORDS } from "@/components/form-words";
import { type FieldError, messageOf, Problem, remaining } from "@/lib/problem";

/** The names, in the API's words, of what the forms show beside its field. */
const SHOWN = ["species", "title", "text", "event_at", "place", "contact", "secret_mark", "link"];

/** What went wrong with a form as a whole, and what no field of it shows. */
export function FormErrors({ error }: { error: unknown }) {
  if (!error) return null;
  const others: FieldError[] = error instanceof Problem ? remaining(error.errors, SHOWN) : [];
  return (
    <Notice tone="problem">
      <p>{isAboutFields(error) ? WORDS.fields.check : messageOf(error)}</p>
      {others.length ? (
        <ul>
          {others.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}

const isAboutFields = (error: unknown) => error instanceof Problem && error.errors.length > 0;

import { SignIcon } from "@/components/Icon";
import { WORDS } from "@/features/report/words";
import { type Kind, KINDS } from "@/lib/announcements";
import { REPORT_NAMES } from "@/lib/words";

const OPTION = "choice-label kind-choice__option";

/** Lost, found or seen: one of three. */
export function KindChoice({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <fieldset className="kind-choice">
      <legend className="visually-hidden">{WORDS.kinds}</legend>
      {KINDS.map((one) => (
        <label
          key={one}
          className={`${OPTION} kind-choice__option--${one}${one === kind ? " kind-choice__option--chosen" : ""}`}
        >
          <input type="radio" name="kind" checked={one === kind} onChange={() => onChange(one)} />
          <SignIcon sign={one} size={20} />
          {REPORT_NAMES[one]}
        </label>
      ))}
    </fieldset>
  );
}

import { useId } from "react";
import { FieldError } from "@/components/Field";
import { SpeciesIcon } from "@/components/Icon";
import { WORDS } from "@/components/form-words";
import { SPECIES, type Species } from "@/lib/announcements";
import { SPECIES_NAMES } from "@/lib/words";

interface SpeciesChoiceProps {
  species: Species | "";
  error?: string;
  onChange: (species: Species) => void;
}

const OPTION = "choice-label species-choice__option";

/** Which animal: one tap, with a drawing for those who read with difficulty. */
export function SpeciesChoice({ species, error, onChange }: SpeciesChoiceProps) {
  const id = useId();
  return (
    <fieldset
      className={error ? "field field--wrong species-choice" : "field species-choice"}
      role="radiogroup"
      aria-describedby={error ? `${id}-error` : undefined}
      aria-invalid={Boolean(error)}
      aria-required="true"
    >
      <legend className="field__label">{WORDS.fields.species}</legend>
      <div className="species-choice__options">
        {SPECIES.map((one) => (
          <label key={one} className={one === species ? `${OPTION} species-choice__option--chosen` : OPTION}>
            <input type="radio" name={id} checked={one === species} onChange={() => onChange(one)} />
            <SpeciesIcon species={one} size={30} />
            {SPECIES_NAMES[one]}
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}

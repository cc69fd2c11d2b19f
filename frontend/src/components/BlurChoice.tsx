import { useId } from "react";
import { WORDS } from "@/components/form-words";
import type { Blur } from "@/lib/public-place";

const words = WORDS.place;
const CHOICES = [
  { blur: "street", name: words.street, hint: words.streetHint },
  { blur: "area", name: words.area, hint: words.areaHint },
] as const;

/** How much of the place others see: the circle on the map. */
export function BlurChoice({ blur, onChange }: { blur: Blur; onChange: (blur: Blur) => void }) {
  const id = useId();
  return (
    <fieldset className="blur-choice" aria-describedby={id}>
      <legend className="field__label">{words.blur}</legend>
      <div className="blur-choice__options">
        {CHOICES.map((choice) => (
          <label key={choice.blur} className="blur-choice__option">
            <input
              type="radio"
              name={id}
              checked={choice.blur === blur}
              onChange={() => onChange(choice.blur)}
            />
            <span>
              {choice.name} <span className="blur-choice__hint">{choice.hint}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="field__hint" id={id}>
        {words.circle}
      </p>
    </fieldset>
  );
}

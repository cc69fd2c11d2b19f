import { useId, useState } from "react";
import {
  type Filters as Values,
  isDay,
  isSame,
  USUAL,
  WINDOW_NAMES,
  type WindowName,
  withWindow,
} from "@/features/map/filters";
import { WORDS } from "@/features/map/words";
import { Icon, SignIcon } from "@/components/Icon";
import { type Kind, KINDS, SPECIES, type Species } from "@/lib/announcements";
import { SIGN_NAMES, SPECIES_NAMES } from "@/lib/words";

interface FiltersProps {
  filters: Values;
  onChange: (changes: Partial<Values>) => void;
}

/** What the map shows: which kinds, which animals, how far back. */
export function Filters({ filters, onChange }: FiltersProps) {
  const heading = useId();
  const toggle = (kind: Kind) => {
    const { kinds } = filters;
    onChange({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] });
  };
  return (
    <form className="filters" aria-labelledby={heading} onSubmit={(event) => event.preventDefault()}>
      <h2 className="visually-hidden" id={heading}>
        {WORDS.filters}
      </h2>
      <fieldset className="filters__kinds">
        <legend className="visually-hidden">{WORDS.kinds}</legend>
        {KINDS.map((kind) => (
          <KindChip
            key={kind}
            kind={kind}
            chosen={filters.kinds.includes(kind)}
            onToggle={() => toggle(kind)}
          />
        ))}
      </fieldset>
      <select
        aria-label={WORDS.species}
        value={filters.species ?? ""}
        onChange={(event) => onChange({ species: (event.target.value || null) as Species | null })}
      >
        <option value="">{WORDS.allSpecies}</option>
        {SPECIES.map((species) => (
          <option key={species} value={species}>
            {SPECIES_NAMES[species]}
          </option>
        ))}
      </select>
      <select
        aria-label={WORDS.window}
        value={filters.window}
        onChange={(event) => onChange(withWindow(filters, event.target.value as WindowName))}
      >
        {WINDOW_NAMES.map((name) => (
          <option key={name} value={name}>
            {WORDS.windows[name]}
          </option>
        ))}
      </select>
      {filters.window === "days" ? <Days filters={filters} onChange={onChange} /> : null}
      {isSame(filters, USUAL) ? null : (
        <button type="button" className="filters__reset" onClick={() => onChange(USUAL)}>
          <Icon name="close" size={16} />
          {WORDS.reset}
        </button>
      )}
    </form>
  );
}

interface KindChipProps {
  kind: Kind;
  chosen: boolean;
  onToggle: () => void;
}

function KindChip({ kind, chosen, onToggle }: KindChipProps) {
  return (
    <label className={`chip chip--${kind}${chosen ? " chip--chosen" : ""}`}>
      <input type="checkbox" checked={chosen} onChange={onToggle} />
      <SignIcon sign={kind} />
      {SIGN_NAMES[kind]}
    </label>
  );
}

/** A window from one day to another. */
function Days({ filters: { from, to }, onChange }: FiltersProps) {
  return (
    <div className="filters__days">
      <Day label={WORDS.from} day={from} max={to} onChange={(day) => onChange({ from: day })} />
      <Day label={WORDS.to} day={to} min={from} onChange={(day) => onChange({ to: day })} />
    </div>
  );
}

interface DayProps {
  label: string;
  day: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}

/** A day; while its year is being typed it is none yet, and stays in the field alone. */
function Day({ label, day, min, max, onChange }: DayProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const type = (text: string) => {
    const isWhole = text === "" || isDay(text);
    setTyped(isWhole ? null : text);
    if (isWhole) onChange(text);
  };
  return (
    <label>
      {label}
      <input
        type="date"
        value={typed ?? day}
        min={min}
        max={max}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}

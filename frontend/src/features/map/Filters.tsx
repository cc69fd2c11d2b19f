import { type Filters as Values, WINDOW_NAMES, WINDOWS, type WindowName } from "@/features/map/filters";
import { WORDS } from "@/features/map/words";
import { SignIcon } from "@/components/Icon";
import { type Kind, KINDS, SPECIES, type Species } from "@/lib/announcements";
import { SIGN_NAMES, SPECIES_NAMES } from "@/lib/words";

interface FiltersProps {
  filters: Values;
  onChange: (changes: Partial<Values>) => void;
}

/** What the map shows: which kinds, which animals, how far back. */
export function Filters({ filters, onChange }: FiltersProps) {
  const toggle = (kind: Kind) => {
    const { kinds } = filters;
    onChange({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] });
  };
  return (
    <form className="filters" aria-label={WORDS.filters} onSubmit={(event) => event.preventDefault()}>
      <fieldset className="filters__kinds">
        <legend className="visually-hidden">{WORDS.kinds}</legend>
        {KINDS.map((kind) => (
          <label key={kind} className={`chip chip--${kind}`}>
            <input type="checkbox" checked={filters.kinds.includes(kind)} onChange={() => toggle(kind)} />
            <SignIcon sign={kind} />
            {SIGN_NAMES[kind]}
          </label>
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
        onChange={(event) => onChange({ window: event.target.value as WindowName })}
      >
        {WINDOW_NAMES.map((name) => (
          <option key={name} value={name}>
            {WINDOWS[name].label}
          </option>
        ))}
      </select>
    </form>
  );
}

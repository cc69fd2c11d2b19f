import { useId, useRef, useState } from "react";
import { Icon } from "@/components/Icon";
import { preloadGazetteer, usePlaceSearch } from "@/components/use-place-search";
import { MAP_WORDS } from "@/components/map-words";
import type { FoundPlace } from "@/lib/gazetteer";

interface PlaceSearchProps {
  onFound: (place: FoundPlace) => void;
}

const words = MAP_WORDS.search;

/** A place by its name: the editable combobox with a list of the ARIA Authoring Practices Guide. */
export default function PlaceSearch({ onFound }: PlaceSearchProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { places, state, search } = usePlaceSearch();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const isShown = isOpen && state !== "idle";
  const hasList = isShown && places.length > 0;

  const type = (typed: string) => {
    setText(typed);
    setOpen(true);
    setActive(-1);
    void search(typed);
  };
  const choose = (place: FoundPlace | undefined) => {
    if (!place) return;
    setText(place.name);
    setOpen(false);
    setActive(-1);
    onFound(place);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => (hasList ? setActive((active + 1) % places.length) : setOpen(true)),
    ArrowUp: () => (hasList ? setActive(active <= 0 ? places.length - 1 : active - 1) : setOpen(true)),
    Enter: () => choose(hasList ? places[Math.max(0, active)] : undefined),
    Escape: () => (isShown ? setOpen(false) : type("")),
  };
  const pressed = (event: React.KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="place-search" role="search" onBlur={(event) => leaves(event) && setOpen(false)}>
      <Icon name="search" size={18} />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={words.label}
        aria-autocomplete="list"
        aria-expanded={hasList}
        aria-controls={`${id}-list`}
        aria-activedescendant={hasList && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={words.label}
        autoComplete="off"
        autoCapitalize="words"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={100}
        value={text}
        onChange={({ target }) => type(target.value)}
        onKeyDown={pressed}
        onFocus={() => void preloadGazetteer()}
        onClick={() => setOpen(true)}
      />
      {text ? (
        <button
          type="button"
          className="place-search__clear"
          aria-label={words.clear}
          onClick={() => {
            type("");
            input.current?.focus();
          }}
        >
          <Icon name="close" size={18} />
        </button>
      ) : null}
      <div className={isShown ? "place-search__popup" : "place-search__popup place-search__popup--closed"}>
        <ul id={`${id}-list`} role="listbox" aria-label={words.list}>
          {(hasList ? places : []).map((place, index) => (
            <Option
              key={`${place.name} ${place.latitude},${place.longitude}`}
              id={`${id}-${index}`}
              place={place}
              isActive={index === active}
              onChoose={() => choose(place)}
            />
          ))}
        </ul>
        {isShown ? <Outcome state={state} count={places.length} /> : null}
      </div>
      <span className="visually-hidden" role="status">
        {isShown && state === "found" && places.length ? words.found(places.length) : ""}
      </span>
    </div>
  );
}

const leaves = ({ currentTarget, relatedTarget }: React.FocusEvent): boolean =>
  !currentTarget.contains(relatedTarget);

interface OptionProps {
  id: string;
  place: FoundPlace;
  isActive: boolean;
  onChoose: () => void;
}

/** One place; the focus stays in the field, which says by its keys which option is the active one. */
function Option({ id, place, isActive, onChoose }: OptionProps) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has them
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      onMouseDown={(event) => event.preventDefault()} // which would take the focus
      onClick={onChoose}
    >
      <span className="place-search__name">
        {place.name}
        {place.usual ? <span className="place-search__usual"> ({place.usual})</span> : null}
      </span>
      <span className="place-search__where">{place.where}</span>
    </li>
  );
}

/** What there is to say below the list: that it is on its way, that there is none, and whose list it is. */
function Outcome({ state, count }: { state: string; count: number }) {
  return (
    <>
      {state === "loading" ? <p role="status">{words.loading}</p> : null}
      {state === "failed" ? <p role="alert">{words.failed}</p> : null}
      {state === "found" && !count ? <p role="status">{words.none}</p> : null}
      <p className="place-search__credit">
        <a href="https://www.geonames.org/" rel="noopener">
          {words.credit}
        </a>
      </p>
    </>
  );
}

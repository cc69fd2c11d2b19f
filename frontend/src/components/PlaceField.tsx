import { useId, useState } from "react";
import { FieldError } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { LocateButton } from "@/components/LocateButton";
import { MapFrame } from "@/components/MapFrame";
import { WORDS } from "@/components/words";
import { type LatLon, type MapView, STREET_ZOOM } from "@/lib/map-view";

interface PlaceFieldProps {
  place: LatLon | null;
  start: MapView;
  error?: string;
  onChange: (place: LatLon) => void;
}

const words = WORDS.place;

/** The one way to say where: a map to tap on, with the device's own idea and the keyboard's way beside it. */
export function PlaceField({ place, start, error, onChange }: PlaceFieldProps) {
  const id = useId();
  const [target, setTarget] = useState(start);
  const [middle, setMiddle] = useState<MapView>(start);
  const found = (here: LatLon) => {
    onChange(here);
    setTarget({ ...here, zoom: Math.max(middle.zoom, STREET_ZOOM) });
  };
  return (
    <div
      className={error ? "field field--wrong" : "field"}
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint ${id}-error`}
    >
      <span className="field__label" id={`${id}-label`}>
        {words.label}
      </span>
      <p className="field__hint" id={`${id}-hint`}>
        {words.hint}
      </p>
      <MapFrame
        className="place-field__map"
        label={words.mapLabel}
        view={target}
        place={place}
        onMove={setMiddle}
        onPick={onChange}
      />
      <div className="row">
        <LocateButton onFound={found} />
        <button type="button" className="button" onClick={() => onChange(middle)}>
          <Icon name="middle" />
          {words.middle}
        </button>
      </div>
      <p className="place-field__chosen" role="status">
        {place ? `${words.chosen} ${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` : words.none}
      </p>
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

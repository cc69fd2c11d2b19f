import { type ReactNode, useId, useMemo, useState } from "react";
import { BlurChoice } from "@/components/BlurChoice";
import { FieldError } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { LocateButton } from "@/components/LocateButton";
import { MapFrame } from "@/components/MapFrame";
import { PlaceSearchFrame } from "@/components/PlaceSearchFrame";
import { WORDS } from "@/components/form-words";
import { type LatLon, type MapView, STREET_ZOOM } from "@/lib/map-view";
import { type Blur, publicPlaceOf } from "@/lib/public-place";

interface PlaceFieldProps {
  place: LatLon | null;
  start: MapView;
  error?: string;
  help?: ReactNode; // another way to say where, beside the others
  blur?: Blur;
  onChange: (place: LatLon) => void;
  onBlurChange?: (blur: Blur) => void;
}

const words = WORDS.place;
const CLOSER = 3; // zooms: from a town a tap leads to its quarter, another one to the street

/** The one way to say where: a map to tap on, with the device's own idea and the keyboard's way beside it.
 *
 * The circle is what others learn of the place.
 */
export function PlaceField(props: PlaceFieldProps) {
  const { place, start, error, help, blur = "street", onChange, onBlurChange } = props;
  const id = useId();
  const [target, setTarget] = useState(place ? { ...place, zoom: STREET_ZOOM } : start);
  const [middle, setMiddle] = useState<MapView>(target);
  const around = useMemo(() => (place ? publicPlaceOf(place, blur) : null), [place, blur]);
  const [shown, setShown] = useState(place);

  const choose = (there: LatLon, zoom: number) => {
    const chosen = { latitude: there.latitude, longitude: there.longitude };
    onChange(chosen);
    setShown(chosen);
    if (zoom !== middle.zoom) setTarget({ ...chosen, zoom });
  };
  const pick = (there: LatLon) =>
    choose(there, Math.max(middle.zoom, Math.min(middle.zoom + CLOSER, STREET_ZOOM - 1)));
  // a place that came from elsewhere, such as from a photo, is shown as well
  if (place && !isSame(place, shown)) {
    setShown(place);
    setTarget({ ...place, zoom: Math.max(middle.zoom, STREET_ZOOM) });
  }
  return (
    <>
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
        <PlaceSearchFrame
          onFound={({ latitude, longitude, zoom }) => setTarget({ latitude, longitude, zoom })}
        />
        <div className="row place-field__ways">
          <LocateButton onFound={(here) => choose(here, Math.max(middle.zoom, STREET_ZOOM))} />
          {help}
        </div>
        <MapFrame
          className="place-field__map"
          label={words.mapLabel}
          view={target}
          place={place}
          around={around}
          onMove={setMiddle}
          onPick={pick}
        />
        <div className="row">
          <button type="button" className="button" onClick={() => pick(middle)}>
            <Icon name="middle" />
            {words.middle}
          </button>
        </div>
        <p className="place-field__chosen" role="status">
          {place ? `${words.chosen} ${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` : words.none}
        </p>
        <FieldError id={`${id}-error`} message={error} />
      </div>
      {onBlurChange ? <BlurChoice blur={blur} onChange={onBlurChange} /> : null}
    </>
  );
}

const isSame = (one: LatLon, other: LatLon | null): boolean =>
  one.latitude === other?.latitude && one.longitude === other.longitude;

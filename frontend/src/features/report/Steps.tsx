import { useState } from "react";
import { AboutFields } from "@/components/AboutFields";
import { Icon } from "@/components/Icon";
import { PlaceField } from "@/components/PlaceField";
import { PrivateFields } from "@/components/PrivateFields";
import { AboutWhom } from "@/features/report/AboutWhom";
import { KindChoice } from "@/features/report/KindChoice";
import { Neighbours } from "@/features/report/Neighbours";
import { PhotosField } from "@/features/report/PhotosField";
import { takenAt, takenPlace } from "@/features/report/camera-notes";
import type { Report } from "@/features/report/kept-reports";
import { TITLES } from "@/features/report/title-words";
import { useStart } from "@/features/report/use-start";
import { WORDS } from "@/features/report/words";
import type { Kind } from "@/lib/announcements";
import type { Draft } from "@/lib/draft";
import { type FieldError, messageFor } from "@/lib/problem";
import { ago, fromLocalInput, momentOf } from "@/lib/time";

interface StepProps {
  whole: Report;
  errors: readonly FieldError[];
  change: (changes: Partial<Draft>) => void;
  setKind: (kind: Kind) => void;
  dropAbout?: () => void; // where there is room for a report on its own
}

/** First the photo: it says most, and tells when and where it was taken. */
export function PhotoStep({ whole, change, setKind, dropAbout }: StepProps) {
  return (
    <>
      {whole.about ? (
        <AboutWhom id={whole.about} draft={whole.draft} onChange={change} onOther={dropAbout} />
      ) : (
        <KindChoice kind={whole.kind} onChange={setKind} />
      )}
      <p className="report__intro">{WORDS.intro[whole.kind]}</p>
      <PhotosField about={whole.about} photos={whole.photos} />
    </>
  );
}

export function AboutStep({ whole, errors, change }: StepProps) {
  const { draft, kind } = whole;
  return (
    <AboutFields
      draft={draft}
      errors={errors}
      onChange={change}
      untitled={draft.species ? TITLES[kind][draft.species] : ""}
      whenHelp={<TakenThen whole={whole} onUse={(when) => change({ when })} />}
    />
  );
}

/** The time a photo was taken, to be used with one tap. */
function TakenThen({ whole, onUse }: { whole: Report; onUse: (when: string) => void }) {
  const taken = takenAt(whole);
  const moment = taken && fromLocalInput(taken);
  if (!moment || taken === whole.draft.when) return null;
  return (
    <p className="suggestion">
      <Icon name="camera" />
      <span>{WORDS.when.suggestion(`${ago(moment)} (${momentOf(moment)})`)}</span>
      <button type="button" className="button" onClick={() => onUse(taken)}>
        {WORDS.when.use}
      </button>
    </p>
  );
}

export function PlaceStep({ whole, errors, change }: StepProps) {
  const { draft, about } = whole;
  const start = useStart();
  const photoPlace = takenPlace(whole);
  const [used, setUsed] = useState(false);
  const usePhotoPlace = () => {
    if (photoPlace) change({ place: photoPlace });
    setUsed(true);
  };
  return (
    <>
      <PlaceField
        key={start.key}
        place={draft.place}
        start={start.view}
        error={messageFor(errors, "place")}
        blur={draft.blur}
        onChange={(place) => change({ place })}
        onBlurChange={(blur) => change({ blur })}
        help={
          photoPlace && !used ? (
            <button type="button" className="button" onClick={usePhotoPlace}>
              <Icon name="camera" />
              {WORDS.where.use}
            </button>
          ) : null
        }
      />
      <Neighbours kind={whole.kind} draft={draft} about={about} />
      <PrivateFields draft={draft} errors={errors} onChange={change} withMark={whole.kind !== "sighting"} />
    </>
  );
}

import { useEffect, useState } from "react";
import { Field } from "@/components/Field";
import { WORDS } from "@/components/form-words";
import { type ChosenPhoto, choosePhoto } from "@/lib/chosen-photo";
import { useConfig } from "@/lib/config";

const words = WORDS.photo;
const MAX_BYTES = 40_000_000; // until the installation says its own limit

interface PhotoFieldProps {
  label?: string;
  hint?: string;
  photo: ChosenPhoto | null;
  onChange: (photo: ChosenPhoto | null, file?: File) => void;
}

/** A photo from the camera or the gallery, shown as it will be sent. */
export function PhotoField({ label = words.label, hint = words.hint, photo, onChange }: PhotoFieldProps) {
  const [error, setError] = useState<string>();
  const [input, setInput] = useState(0); // a new input forgets the file of the old one
  const maxBytes = useConfig()?.pictures.max_bytes ?? MAX_BYTES;
  const choose = (file: File | undefined) => {
    if (!file) return;
    const tooLarge = file.size > maxBytes;
    setError(tooLarge ? words.tooLarge(Math.floor(maxBytes / 1_000_000)) : undefined);
    if (tooLarge) onChange(null);
    else onChange(choosePhoto(file), file);
  };
  const remove = () => {
    setInput(input + 1);
    onChange(null);
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="photo-field">
          <input
            {...control}
            key={input}
            type="file"
            accept="image/*"
            onChange={(event) => choose(event.target.files?.[0])}
          />
          {photo ? <PhotoPreview photo={photo} onRemove={remove} /> : null}
        </div>
      )}
    </Field>
  );
}

function PhotoPreview({ photo, onRemove }: { photo: ChosenPhoto; onRemove: () => void }) {
  const address = usePreview(photo);
  const [unseen, setUnseen] = useState<string>();
  return (
    <div className="photo-preview">
      {address ? null : <p role="status">{words.preparing}</p>}
      {address && unseen !== address ? (
        <img src={address} alt={words.chosen} onError={() => setUnseen(address)} />
      ) : null}
      {address && unseen === address ? <p role="status">{words.unseen}</p> : null}
      <button type="button" className="button" onClick={onRemove}>
        {words.remove}
      </button>
    </div>
  );
}

function usePreview(photo: ChosenPhoto): string | null {
  const [shown, setShown] = useState<{ photo: ChosenPhoto; address: string } | null>(null);
  useEffect(() => {
    let address: string | null = null;
    let left = false;
    void photo.prepared.then((blob) => {
      if (left) return;
      address = URL.createObjectURL(blob);
      setShown({ photo, address });
    });
    return () => {
      left = true;
      if (address) URL.revokeObjectURL(address);
    };
  }, [photo]);
  return shown?.photo === photo ? shown.address : null;
}

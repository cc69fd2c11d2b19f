import { useEffect, useState } from "react";
import { ActButton } from "@/components/ActButton";
import { Icon } from "@/components/Icon";
import { movePhoto, preparedPhoto, removePhoto } from "@/features/report/photos";
import type { About, ReportPhoto } from "@/features/report/kept-reports";
import { WORDS } from "@/features/report/words";

const words = WORDS.photos;

interface PhotoLineProps {
  about: About;
  photo: ReportPhoto;
  number: number;
  count: number;
}

interface Act {
  icon: "earlier" | "later" | "remove";
  label: string;
  off?: boolean;
  act: () => void;
}

/** One chosen photo, with its place in the order. */
export function PhotoLine({ about, photo, number, count }: PhotoLineProps) {
  const address = usePreview(photo.id);
  const [unseen, setUnseen] = useState<string>();
  const isSeen = address && address !== unseen;
  const move = (by: -1 | 1) => () => movePhoto(about, photo.id, by);
  const moves: Act[] = [
    { icon: "earlier", label: words.earlier(number), off: number === 1, act: move(-1) },
    { icon: "later", label: words.later(number), off: number === count, act: move(1) },
  ];
  const remove: Act = {
    icon: "remove",
    label: words.remove(number),
    act: () => void removePhoto(about, photo.id),
  };
  const acts = count > 1 ? [...moves, remove] : [remove];
  return (
    <li className="photo-line">
      <span className="photo-line__picture">
        {isSeen ? (
          <img src={address} alt={words.photo(number)} onError={() => setUnseen(address)} />
        ) : (
          <Icon name="camera" size={28} />
        )}
      </span>
      <span className="photo-line__text">
        {count > 1 && number === 1 ? <span>{words.cover}</span> : null}
        <PhotoState address={address} isSeen={Boolean(isSeen)} name={photo.name} />
      </span>
      <span className="photo-line__acts">
        {acts.map(({ icon, label, off, act }) => (
          <ActButton key={icon} className="icon-button" aria-label={label} off={off} onClick={act}>
            <Icon name={icon} />
          </ActButton>
        ))}
      </span>
    </li>
  );
}

interface PhotoStateProps {
  address: string | null | undefined;
  isSeen: boolean;
  name: string;
}

function PhotoState({ address, isSeen, name }: PhotoStateProps) {
  if (isSeen) return null;
  const text = address === undefined ? words.preparing : address === null ? words.gone : words.unseen;
  return (
    <span role="status">
      <bdi>{name}</bdi> {text}
    </span>
  );
}

/** An address of the prepared photo: undefined until it is prepared, null when it is gone. */
function usePreview(id: string): string | null | undefined {
  const [address, setAddress] = useState<string | null>();
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    void preparedPhoto(id).then((blob) => {
      if (left) return;
      made = blob && URL.createObjectURL(blob);
      setAddress(made);
    });
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [id]);
  return address;
}

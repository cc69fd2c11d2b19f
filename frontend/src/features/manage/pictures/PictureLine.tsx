import { useState } from "react";
import { ActButton } from "@/components/ActButton";
import { backdrop } from "@/components/backdrop";
import { Icon } from "@/components/Icon";
import { PictureMore } from "@/features/manage/pictures/PictureMore";
import { WORDS } from "@/features/manage/pictures/words";
import type { Picture } from "@/lib/announcements";
import { inOurWords } from "@/lib/refusals";

interface PictureLineProps {
  announcementId: string;
  token: string;
  picture: Picture;
  number: number;
  count: number;
  disabled: boolean;
  onMove: (by: -1 | 1) => void;
  onTurn: () => void;
  onRemove: () => void;
}

type Button = {
  icon: "earlier" | "later" | "turn" | "remove";
  label: string;
  off?: boolean;
  act: () => void;
};

/** One picture of the owner's list, with its state and what can be done with it. */
export function PictureLine({ picture, number, count, disabled, ...rest }: PictureLineProps) {
  const { announcementId, token, onMove, onTurn, onRemove } = rest;
  const [isOpen, open] = useState(false);
  const thumbnail = picture.renditions?.["160"];
  const buttons: Button[] = [
    { icon: "earlier", label: WORDS.earlier(number), off: number === 1, act: () => onMove(-1) },
    { icon: "later", label: WORDS.later(number), off: number === count, act: () => onMove(1) },
    { icon: "turn", label: WORDS.turn(number), off: picture.state !== "ready", act: onTurn },
    { icon: "remove", label: WORDS.remove(number), act: onRemove },
  ];
  return (
    <li className="picture-line">
      <span className="thumbnail" style={backdrop(picture)}>
        {picture.state === "ready" && thumbnail ? (
          <img src={thumbnail} alt={WORDS.picture(number)} width={160} height={160} loading="lazy" />
        ) : (
          <Icon name="camera" size={28} />
        )}
      </span>
      <span className="picture-line__state">{stateText(picture, number)}</span>
      <span className="picture-line__acts">
        {buttons.map(({ icon, label, off = false, act }) => (
          <ActButton
            key={icon}
            className="icon-button"
            aria-label={label}
            off={disabled || off}
            onClick={act}
          >
            <Icon name={icon} />
          </ActButton>
        ))}
      </span>
      <details className="picture-line__more" onToggle={(event) => open(event.currentTarget.open)}>
        <summary>{WORDS.more(number)}</summary>
        {isOpen ? (
          <PictureMore announcementId={announcementId} picture={picture} token={token} disabled={disabled} />
        ) : null}
      </details>
    </li>
  );
}

function stateText(picture: Picture, number: number): string {
  if (picture.state === "waiting") return WORDS.waiting;
  if (picture.state === "refused") return `${WORDS.refused} ${inOurWords(picture.reason ?? "")}`;
  return number === 1 ? WORDS.cover : WORDS.picture(number);
}

import { backdrop } from "@/components/backdrop";
import { Icon } from "@/components/Icon";
import { WORDS } from "@/features/manage/words";
import type { Picture } from "@/lib/announcements";

interface PictureLineProps {
  picture: Picture;
  number: number;
  count: number;
  disabled: boolean;
  onMove: (by: -1 | 1) => void;
  onTurn: () => void;
  onRemove: () => void;
}

/** One picture of the owner's list, with its state and what can be done with it. */
export function PictureLine({
  picture,
  number,
  count,
  disabled,
  onMove,
  onTurn,
  onRemove,
}: PictureLineProps) {
  const thumbnail = picture.renditions?.["160"];
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
        <button
          type="button"
          className="icon-button"
          aria-label={WORDS.earlier(number)}
          disabled={disabled || number === 1}
          onClick={() => onMove(-1)}
        >
          <Icon name="earlier" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={WORDS.later(number)}
          disabled={disabled || number === count}
          onClick={() => onMove(1)}
        >
          <Icon name="later" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={WORDS.turn(number)}
          disabled={disabled || picture.state !== "ready"}
          onClick={onTurn}
        >
          <Icon name="turn" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={WORDS.remove(number)}
          disabled={disabled}
          onClick={onRemove}
        >
          <Icon name="remove" />
        </button>
      </span>
    </li>
  );
}

function stateText(picture: Picture, number: number): string {
  if (picture.state === "waiting") return WORDS.waiting;
  if (picture.state === "refused") return `${WORDS.refused} ${picture.reason ?? ""}`;
  return number === 1 ? WORDS.cover : WORDS.picture(number);
}

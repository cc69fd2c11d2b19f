import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { SignBadge } from "@/components/SignBadge";
import { Thumbnail } from "@/components/Thumbnail";
import { WORDS } from "@/features/map/words";
import { signOf } from "@/lib/glyphs";
import type { Pin } from "@/lib/pins";
import { ago } from "@/lib/time";
import { SPECIES_NAMES } from "@/lib/words";

/** The announcement whose pin was pressed, on a card over the map. */
export function Preview({ pin, onClose }: { pin: Pin; onClose: () => void }) {
  return (
    <section className="preview" aria-label={pin.title}>
      <Link className="preview__link" to={`/a/${pin.id}`}>
        <Thumbnail source={pin.thumbnail} species={pin.species} colour={pin.colour} />
        <span className="announcement-line__text">
          <SignBadge sign={signOf(pin)} />
          <span className="announcement-line__title" dir="auto">
            {pin.title}
          </span>
          <span className="announcement-line__facts">
            {SPECIES_NAMES[pin.species]} · {ago(pin.eventAt)}
          </span>
          <span className="preview__open">{WORDS.open}</span>
        </span>
      </Link>
      <button type="button" className="icon-button preview__close" onClick={onClose} aria-label={WORDS.close}>
        <Icon name="close" />
      </button>
    </section>
  );
}

import { type KeyboardEvent, useRef, useState } from "react";
import { Icon, SpeciesIcon } from "@/components/Icon";
import { PictureView } from "@/components/PictureView";
import { WORDS } from "@/features/announcement/words";
import type { Picture, Species } from "@/lib/announcements";

interface GalleryProps {
  pictures: readonly Picture[];
  title: string;
  species: Species;
}

const words = WORDS.gallery;
const SIZES = "(min-width: 60rem) 34rem, 100vw";
const WIDEST = 16 / 9; // of the frame; what is wider or taller has air beside it
const TALLEST = 3 / 4;
const USUAL = 4 / 3; // until a picture tells its own

/** Its pictures, one at a time; the animal's drawing while there is none. */
export function Gallery({ pictures, title, species }: GalleryProps) {
  const ready = pictures.filter(({ state }) => state === "ready");
  const waiting = pictures.some(({ state }) => state === "waiting");
  return (
    <div className="gallery">
      {ready.length ? <Strip pictures={ready} title={title} /> : null}
      {waiting ? (
        <p className="gallery__waiting" role="status">
          {WORDS.preparing}
        </p>
      ) : null}
      {ready.length || waiting ? null : (
        <div className="gallery__none" role="img" aria-label={WORDS.noPicture}>
          <SpeciesIcon species={species} size={96} />
        </div>
      )}
    </div>
  );
}

/** Pictures in a row that is swiped, or walked by the keyboard; each leads to itself in its largest size. */
function Strip({ pictures, title }: { pictures: readonly Picture[]; title: string }) {
  const strip = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(0);
  const count = pictures.length;
  const frame = Math.min(WIDEST, Math.max(TALLEST, ratioOf(pictures[0])));
  const show = (index: number) => {
    const element = strip.current;
    if (element && index >= 0 && index < count) element.scrollTo({ left: index * element.clientWidth });
  };
  const scrolled = () => {
    const element = strip.current;
    if (element?.clientWidth) setShown(Math.round(element.scrollLeft / element.clientWidth));
  };
  const pressed = ({ key }: KeyboardEvent) => {
    if (key === "ArrowLeft") show(shown - 1);
    if (key === "ArrowRight") show(shown + 1);
  };
  return (
    <section aria-label={words.label}>
      <ul className="gallery__strip" ref={strip} onScroll={scrolled} style={{ aspectRatio: String(frame) }}>
        {pictures.map((picture, index) => (
          <li key={picture.id} className="gallery__slide">
            <a
              className="gallery__picture"
              style={{ width: `${Math.min(1, ratioOf(picture) / frame) * 100}%` }}
              href={picture.renditions?.["1600"] ?? picture.renditions?.["640"]}
              onKeyDown={pressed}
            >
              <PictureView
                picture={picture}
                alt={words.picture(title, index + 1, count)}
                sizes={SIZES}
                first={index === 0}
              />
            </a>
          </li>
        ))}
      </ul>
      {count > 1 ? <Ways shown={shown} count={count} show={show} /> : null}
    </section>
  );
}

function Ways({ shown, count, show }: { shown: number; count: number; show: (index: number) => void }) {
  return (
    <div className="gallery__ways">
      <button
        type="button"
        className="icon-button"
        aria-label={words.earlier}
        disabled={shown === 0}
        onClick={() => show(shown - 1)}
      >
        <Icon name="earlier" />
      </button>
      <span role="status">{words.position(shown + 1, count)}</span>
      <button
        type="button"
        className="icon-button"
        aria-label={words.later}
        disabled={shown === count - 1}
        onClick={() => show(shown + 1)}
      >
        <Icon name="later" />
      </button>
    </div>
  );
}

const ratioOf = (picture?: Picture): number =>
  picture?.width && picture.height ? picture.width / picture.height : USUAL;

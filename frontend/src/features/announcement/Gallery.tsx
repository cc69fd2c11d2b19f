import { SpeciesIcon } from "@/components/Icon";
import { PictureView } from "@/components/PictureView";
import { WORDS } from "@/features/announcement/words";
import type { Picture, Species } from "@/lib/announcements";

interface GalleryProps {
  pictures: readonly Picture[];
  title: string;
  species: Species;
}

/** Its pictures below each other, the first one large; the animal's drawing while there is none. */
export function Gallery({ pictures, title, species }: GalleryProps) {
  const ready = pictures.filter(({ state }) => state === "ready");
  const waiting = pictures.some(({ state }) => state === "waiting");
  return (
    <div className="gallery">
      {ready.map((picture, index) => (
        <PictureView
          key={picture.id}
          picture={picture}
          alt={WORDS.picture(title, index + 1, ready.length)}
          sizes="(min-width: 60rem) 34rem, 100vw"
          first={index === 0}
        />
      ))}
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

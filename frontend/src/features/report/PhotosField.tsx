import { useId, useRef, useState } from "react";
import { FieldError } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { addPhoto } from "@/features/report/photos";
import { PhotoLine } from "@/features/report/PhotoLine";
import type { About, ReportPhoto } from "@/features/report/kept-reports";
import { WORDS } from "@/features/report/words";
import { useConfig } from "@/lib/config";
import { useListFocus } from "@/lib/use-list-focus";

const words = WORDS.photos;
const MAX_BYTES = 40_000_000; // until the installation says its own limits
const MAX_COUNT = 10;

/** Photos from the camera or the gallery, shown as they will be sent. */
export function PhotosField({ about, photos }: { about: About; photos: readonly ReportPhoto[] }) {
  const id = useId();
  const limits = useConfig()?.pictures;
  const maxCount = limits?.max_count ?? MAX_COUNT;
  const maxBytes = limits?.max_bytes ?? MAX_BYTES;
  const add = useRef<HTMLInputElement>(null);
  const { list, noteFocus } = useListFocus(photos.length, add);
  const [errors, setErrors] = useState<readonly string[]>([]);
  const choose = (files: readonly File[]) => {
    const wrong = files.map((file) => whyNot(file, maxBytes));
    const good = files.filter((_, index) => !wrong[index]);
    const room = maxCount - photos.length;
    setErrors([
      ...wrong.filter((why) => why !== null),
      ...(good.length > room ? [words.tooMany(maxCount)] : []),
    ]);
    good.slice(0, room).forEach((file) => void addPhoto(about, file));
  };
  return (
    <div className={errors.length ? "field field--wrong photos" : "field photos"}>
      {photos.length ? (
        <ol ref={list} className="photos__list" aria-label={words.list} onFocus={noteFocus}>
          {photos.map((photo, index) => (
            <PhotoLine key={photo.id} about={about} photo={photo} number={index + 1} count={photos.length} />
          ))}
        </ol>
      ) : null}
      {photos.length < maxCount ? (
        <label className={photos.length ? "photos__add photos__add--more" : "photos__add"}>
          <input
            ref={add}
            type="file"
            accept="image/*,.heic,.heif"
            multiple
            aria-describedby={`${id}-hint ${id}-error`}
            aria-invalid={errors.length > 0}
            onChange={({ target }) => {
              choose([...(target.files ?? [])]);
              target.value = ""; // so that the same file can be chosen again
            }}
          />
          <Icon name="camera" size={photos.length ? 24 : 44} />
          {photos.length ? words.more : words.label}
        </label>
      ) : null}
      <p className="field__hint" id={`${id}-hint`}>
        {words.hint}
      </p>
      <div id={`${id}-error`} role="alert">
        {errors.map((error) => (
          <FieldError key={error} id={`${id}-${error}`} message={error} />
        ))}
      </div>
    </div>
  );
}

/** What speaks against a file before anything of it is read; a type that the browser does not know is no reason. */
function whyNot(file: File, maxBytes: number): string | null {
  if (file.type && !file.type.startsWith("image/")) return words.noPicture(file.name);
  return file.size > maxBytes ? words.tooLarge(file.name, Math.floor(maxBytes / 1_000_000)) : null;
}

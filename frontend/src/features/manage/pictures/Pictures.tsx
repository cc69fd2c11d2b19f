import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { FormErrors } from "@/components/FormErrors";
import { PhotoField } from "@/components/PhotoField";
import { UploadStatus } from "@/components/UploadStatus";
import { PictureLine } from "@/features/manage/pictures/PictureLine";
import type { useManaged } from "@/features/manage/use-managed";
import { WORDS } from "@/features/manage/pictures/words";
import type { AnnouncementChanges, OwnAnnouncement } from "@/lib/announcements";
import type { ChosenPhoto } from "@/lib/chosen-photo";
import { useConfig } from "@/lib/config";
import { refresh } from "@/lib/query-client";
import { useListFocus } from "@/lib/use-list-focus";
import { turnPicture } from "@/lib/versions";
import { isBusy, uploadPhoto, useUpload } from "@/lib/uploads";

const MAX_COUNT = 10; // until the installation says its own limit

interface PicturesProps {
  announcement: OwnAnnouncement;
  token: string;
  act: ReturnType<typeof useManaged>["act"];
}

/** Add, order and remove the pictures of an announcement. */
export function Pictures({ announcement, token, act }: PicturesProps) {
  const [asked, ask] = useState<string | null>(null);
  const { id, pictures } = announcement;
  const heading = useRef<HTMLHeadingElement>(null);
  const { list, noteFocus } = useListFocus(pictures.length, heading);
  const ids = pictures.map((picture) => picture.id);
  const maxCount = useConfig()?.pictures.max_count ?? MAX_COUNT;
  const change = (changes: AnnouncementChanges) => act.mutate({ of: "pictures", changes });
  const isMine = typeof act.variables === "object" && act.variables.of === "pictures";
  const turn = useMutation({
    mutationFn: (pictureId: string) => turnPicture(pictureId, token),
    onSettled: () => refresh(id),
  });
  const disabled = act.isPending || turn.isPending || announcement.status !== "active";
  const remove = () => {
    ask(null);
    if (asked) change({ removed_pictures: [asked] });
  };
  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        {WORDS.title}
      </h2>
      {pictures.length ? null : <p>{WORDS.none}</p>}
      <ol ref={list} className="picture-lines" onFocus={noteFocus}>
        {pictures.map((picture, index) => (
          <PictureLine
            key={picture.id}
            announcementId={id}
            token={token}
            picture={picture}
            number={index + 1}
            count={pictures.length}
            disabled={disabled}
            onMove={(by) => change({ pictures: moved(ids, index, by) })}
            onTurn={() => turn.mutate(picture.id)}
            onRemove={() => ask(picture.id)}
          />
        ))}
      </ol>
      {isMine ? <FormErrors error={act.error} /> : null}
      <FormErrors error={turn.error} />
      <UploadStatus announcementId={id} />
      {disabled ? null : (
        <AddPicture id={id} token={token} maxCount={maxCount} isFull={pictures.length >= maxCount} />
      )}
      {asked ? (
        <ConfirmDialog
          question={WORDS.removeQuestion}
          text={WORDS.removeText}
          yes={WORDS.removeYes}
          no={WORDS.removeNo}
          onYes={remove}
          onNo={() => ask(null)}
        />
      ) : null}
    </section>
  );
}

interface AddPictureProps {
  id: string;
  token: string;
  maxCount: number;
  isFull: boolean;
}

function AddPicture({ id, token, maxCount, isFull }: AddPictureProps) {
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null);
  const [added, setAdded] = useState(0);
  const busy = isBusy(useUpload(id));
  if (isFull) return <p>{WORDS.full}</p>;
  const send = () => {
    void photo?.prepared.then((blob) => uploadPhoto(id, token, blob));
    setPhoto(null);
    setAdded(added + 1);
  };
  return (
    <>
      <PhotoField
        key={added}
        label={WORDS.add}
        hint={WORDS.addHint(maxCount)}
        photo={photo}
        onChange={setPhoto}
      />
      {photo ? (
        <button type="button" className="button button--primary" disabled={busy} onClick={send}>
          {WORDS.send}
        </button>
      ) : null}
    </>
  );
}

/** The same ids with one of them moved one place. */
function moved(ids: readonly string[], index: number, by: -1 | 1): string[] {
  const order = [...ids];
  order.splice(index + by, 0, ...order.splice(index, 1));
  return order;
}

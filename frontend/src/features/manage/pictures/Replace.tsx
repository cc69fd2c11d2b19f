import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FormErrors } from "@/components/FormErrors";
import { Notice } from "@/components/Notice";
import { PhotoField } from "@/components/PhotoField";
import { WORDS } from "@/features/manage/pictures/words";
import type { ChosenPhoto } from "@/lib/chosen-photo";
import { refresh } from "@/lib/query-client";
import { RefusedVersion, replacePicture } from "@/lib/versions";

interface ReplaceProps {
  announcementId: string;
  pictureId: string;
  token: string;
}

/** Another photo in the place of this one. */
export function Replace({ announcementId, pictureId, token }: ReplaceProps) {
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null);
  const [part, setPart] = useState(0);
  const [replaced, setReplaced] = useState(0);
  const sending = useMutation({
    mutationFn: async (chosen: ChosenPhoto) => {
      setPart(0);
      await replacePicture(pictureId, token, await chosen.prepared, setPart);
    },
    onSuccess: () => {
      setPhoto(null);
      setReplaced(replaced + 1);
    },
    onSettled: () => refresh(announcementId),
  });
  const percent = Math.round(part * 100);
  return (
    <div>
      <PhotoField
        key={replaced}
        label={WORDS.replace}
        hint={WORDS.replaceHint}
        photo={photo}
        onChange={setPhoto}
      />
      {sending.isPending ? (
        <div className="upload-bar">
          <span role="status">{part < 1 ? `${WORDS.sending}: ${percent} %` : WORDS.preparing}</span>
          <progress aria-label={WORDS.sending} max={100} value={percent} />
        </div>
      ) : null}
      {photo && !sending.isPending ? (
        <button type="button" className="button button--primary" onClick={() => sending.mutate(photo)}>
          {WORDS.send}
        </button>
      ) : null}
      {sending.error instanceof RefusedVersion ? (
        <Notice tone="problem">{`${WORDS.refused} ${sending.error.message}`}</Notice>
      ) : (
        <FormErrors error={sending.error} />
      )}
    </div>
  );
}

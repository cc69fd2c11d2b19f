import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { FormErrors } from "@/components/FormErrors";
import { MapFrame } from "@/components/MapFrame";
import { Notice } from "@/components/Notice";
import { SimilarNotice } from "@/components/SimilarNotice";
import { Replace } from "@/features/manage/pictures/Replace";
import { Versions } from "@/features/manage/pictures/Versions";
import { WORDS } from "@/features/manage/pictures/words";
import type { OwnPicture, Picture } from "@/lib/announcements";
import { api } from "@/lib/api";
import { STREET_ZOOM } from "@/lib/map-view";
import { inOurWords } from "@/lib/refusals";
import { momentOf } from "@/lib/time";

interface PictureMoreProps {
  announcementId: string;
  picture: Picture;
  token: string;
  disabled: boolean;
}

/** What only the owner is told of a picture, and its versions. */
export function PictureMore({ announcementId, picture, token, disabled }: PictureMoreProps) {
  const { id, version } = picture;
  const { data, error } = useQuery({
    queryKey: ["own picture", id, version, picture.state],
    queryFn: () => api.ownPicture(id, token),
  });
  return (
    <div className="picture-more">
      <FormErrors error={error} />
      {data ? <Noted picture={data} /> : null}
      {data?.newest_refusal ? (
        <Notice tone="problem">{WORDS.notShown(inOurWords(data.newest_refusal))}</Notice>
      ) : null}
      {data ? <SimilarNotice similar={data.similar} /> : null}
      {disabled ? null : <Replace announcementId={announcementId} pictureId={id} token={token} />}
      <Versions announcementId={announcementId} picture={picture} token={token} disabled={disabled} />
    </div>
  );
}

/** When and where the camera says it was taken: a private hint for its owner. */
function Noted({ picture: { taken_at, taken_place } }: { picture: OwnPicture }) {
  const view = useMemo(() => (taken_place ? { ...taken_place, zoom: STREET_ZOOM } : null), [taken_place]);
  if (!taken_at && !view) return null;
  return (
    <div>
      {taken_at ? <p>{WORDS.taken(momentOf(taken_at))}</p> : null}
      {view ? <p>{WORDS.takenHere}</p> : null}
      <p className="field__hint">{WORDS.takenPrivate}</p>
      {view ? (
        <MapFrame className="picture-more__map" label={WORDS.takenMap} view={view} place={view} />
      ) : null}
    </div>
  );
}

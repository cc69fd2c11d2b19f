import { useMutation, useQuery } from "@tanstack/react-query";
import { ActButton } from "@/components/ActButton";
import { FormErrors } from "@/components/FormErrors";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { WORDS } from "@/features/manage/pictures/words";
import type { Picture, Version } from "@/lib/announcements";
import { refresh } from "@/lib/query-client";
import { momentOf } from "@/lib/time";
import { RefusedVersion, restoreVersion, versionsOf } from "@/lib/versions";

interface VersionsProps {
  announcementId: string;
  picture: Picture;
  token: string;
  disabled: boolean;
}

/** Every version of a picture, newest first; an earlier one can be made the newest once more. */
export function Versions({ announcementId, picture, token, disabled }: VersionsProps) {
  const { id, version } = picture;
  const { data, error } = useQuery({
    queryKey: ["versions", id, version, picture.state],
    queryFn: () => versionsOf(id, token),
  });
  const restore = useMutation({
    mutationFn: (earlier: string) => restoreVersion(id, earlier, token),
    onSettled: () => refresh(announcementId),
  });
  return (
    <div>
      <h3>{WORDS.versions}</h3>
      <FormErrors error={error} />
      <ol className="versions">
        {data?.map((one) => (
          <VersionLine
            key={one.version}
            version={one}
            disabled={disabled || restore.isPending}
            isRestoring={restore.isPending && restore.variables === one.version}
            onRestore={() => restore.mutate(one.version)}
          />
        ))}
      </ol>
      {restore.error instanceof RefusedVersion ? (
        <Notice tone="problem">{WORDS.notShown(restore.error.message)}</Notice>
      ) : (
        <FormErrors error={restore.error} />
      )}
    </div>
  );
}

interface VersionLineProps {
  version: Version;
  disabled: boolean;
  isRestoring: boolean;
  onRestore: () => void;
}

function VersionLine({ version: { url, uploaded_at, current }, ...rest }: VersionLineProps) {
  const { disabled, isRestoring, onRestore } = rest;
  const name = WORDS.version(momentOf(uploaded_at));
  return (
    <li className="version">
      <span className="thumbnail">
        {url ? (
          <img src={url} alt="" width={80} height={80} loading="lazy" decoding="async" />
        ) : (
          <Icon name="camera" size={28} />
        )}
      </span>
      <span className="version__name">{name}</span>
      {current ? (
        <strong>{WORDS.shown}</strong>
      ) : (
        <ActButton
          className="button"
          aria-label={`${WORDS.restore}: ${name}`}
          off={disabled}
          onClick={onRestore}
        >
          {isRestoring ? WORDS.restoring : WORDS.restore}
        </ActButton>
      )}
    </li>
  );
}

import { PhotoField } from "@/components/PhotoField";
import { deliver, takeOn } from "@/features/report/deliveries";
import { keep } from "@/features/report/photos";
import { WORDS } from "@/features/report/after-words";
import { randomKey } from "@/lib/random";
import { forgetUpload, useUploads } from "@/lib/uploads";

/** In place of a photo that was refused another one can be chosen; it goes its way at once. */
export function AnotherPhoto({ announcementId, token }: { announcementId: string; token: string }) {
  const refused = useUploads(announcementId).filter(({ upload }) => upload.phase === "refused");
  if (!refused.length) return null;
  const send = async (file: File) => {
    const id = randomKey();
    await keep(id, file);
    forgetUpload(refused[0]?.name ?? "");
    takeOn({ announcementId, token, photos: [{ id }] });
    await deliver(announcementId);
  };
  return (
    <PhotoField
      label={WORDS.done.another}
      hint={WORDS.done.anotherHint}
      photo={null}
      onChange={(_, file) => file && void send(file)}
    />
  );
}

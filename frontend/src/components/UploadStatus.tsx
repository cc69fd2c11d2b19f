import { useEffect } from "react";
import { Notice } from "@/components/Notice";
import { SimilarNotice } from "@/components/SimilarNotice";
import { WORDS } from "@/components/form-words";
import type { Similar } from "@/lib/announcements";
import { isBusy, type Upload, useUploads } from "@/lib/uploads";

const words = WORDS.upload;

/** How far the photos of an announcement are; nothing while none is on its way. */
export function UploadStatus({ announcementId }: { announcementId: string }) {
  const uploads = useUploads(announcementId);
  const ready = uploads.filter(({ upload }) => upload.phase === "ready").length;
  const queued = uploads.filter(({ upload }) => upload.phase === "queued").length;
  useWarningBeforeLeaving(uploads.some(({ upload }) => isBusy(upload)));
  return (
    <>
      {ready ? <Notice tone="good">{words.allReady(ready)}</Notice> : null}
      {uploads.map(({ name, upload }) => (
        <Progress key={name} upload={upload} />
      ))}
      {queued ? <p className="upload-queue">{words.queued(queued)}</p> : null}
      <SimilarNotice similar={similarOf(uploads.map(({ upload }) => upload))} />
    </>
  );
}

/** Who shows any of the photos, each once. */
function similarOf(uploads: readonly Upload[]): Similar[] {
  const all = uploads.flatMap((upload) => (upload.phase === "ready" ? upload.similar : []));
  return [...new Map(all.map((similar) => [similar.announcement_id, similar])).values()];
}

function Progress({ upload }: { upload: Upload }) {
  switch (upload.phase) {
    case "sending":
      return <Bar part={upload.part} />;
    case "processing":
      return <Notice>{words.processing}</Notice>;
    case "late":
      return <Notice>{words.late}</Notice>;
    case "refused":
      return (
        <Notice tone="problem">
          <p>
            {words.refused} {upload.reason}
          </p>
          <p>{words.staysAnyway}</p>
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="problem">
          <p>
            {words.failed} {upload.message}
          </p>
          {upload.retry ? (
            <button type="button" className="button" onClick={() => void upload.retry?.()}>
              {words.retry}
            </button>
          ) : null}
        </Notice>
      );
    default:
      return null; // those that are ready or wait are counted
  }
}

function Bar({ part }: { part: number }) {
  const percent = Math.round(part * 100);
  return (
    <div className="upload-bar">
      <span>
        {words.sending}: {percent} %
      </span>
      <progress aria-label={words.sending} max={100} value={percent} />
    </div>
  );
}

function useWarningBeforeLeaving(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [busy]);
}

import { useEffect } from "react";
import { Notice } from "@/components/Notice";
import { SimilarNotice } from "@/components/SimilarNotice";
import { WORDS } from "@/components/words";
import { isBusy, type Upload, useUpload } from "@/lib/uploads";

const words = WORDS.upload;

/** How far the photo of an announcement is; nothing while none is on its way. */
export function UploadStatus({ announcementId }: { announcementId: string }) {
  const upload = useUpload(announcementId);
  useWarningBeforeLeaving(isBusy(upload));
  return upload ? <Progress upload={upload} /> : null;
}

function Progress({ upload }: { upload: Upload }) {
  switch (upload.phase) {
    case "sending":
      return <Bar part={upload.part} />;
    case "processing":
      return <Notice>{words.processing}</Notice>;
    case "ready":
      return (
        <>
          <Notice tone="good">{words.ready}</Notice>
          <SimilarNotice similar={upload.similar} />
        </>
      );
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
          <button type="button" className="button" onClick={() => void upload.retry()}>
            {words.retry}
          </button>
        </Notice>
      );
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

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { Kind, AnnouncementBody } from "@/lib/announcements";
import { api } from "@/lib/api";
import type { ChosenPhoto } from "@/lib/chosen-photo";
import { bodyOf, type Draft, emptyDraft, errorsOf } from "@/lib/draft";
import { keepToken } from "@/lib/manage-token";
import { noteOwnAnnouncement } from "@/lib/own-changes";
import { type FieldError, Problem } from "@/lib/problem";
import { refresh } from "@/lib/query-client";
import { randomKey } from "@/lib/random";
import { uploadPhoto } from "@/lib/uploads";

/** A report while it is written and sent. */
export function useReport(kind: Kind, onRefused: () => void) {
  const [draft, setDraft] = useState<Draft>(() => emptyDraft());
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null);
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const keyFor = useIdempotencyKey();
  const navigate = useNavigate();

  const sending = useMutation({
    mutationFn: (body: AnnouncementBody) => api.create(body, keyFor(body)),
    onError: onRefused,
    onSuccess: (created) => {
      const { id, manage_token: token } = created;
      keepToken(id, token);
      noteOwnAnnouncement(created);
      refresh(id);
      if (photo) void photo.prepared.then((blob) => uploadPhoto(id, token, blob));
      void navigate(`/report/done/${id}`, { replace: true, state: { token } });
    },
  });

  const send = () => {
    const missing = errorsOf(draft);
    setFound(missing);
    sending.reset();
    if (missing.length) onRefused();
    else sending.mutate(bodyOf(kind, draft));
  };
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const errors = sending.error instanceof Problem ? sending.error.errors : found;
  return { draft, change, photo, setPhoto, errors, error: sending.error, isSending: sending.isPending, send };
}

/** One key for one body, however often it is sent: a lost answer must not announce a pet twice. */
function useIdempotencyKey() {
  const last = useRef({ body: "", key: "" });
  return (body: AnnouncementBody): string => {
    const text = JSON.stringify(body);
    if (last.current.body !== text) last.current = { body: text, key: randomKey() };
    return last.current.key;
  };
}

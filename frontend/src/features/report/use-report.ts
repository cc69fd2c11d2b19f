import { useEffect, useEffectEvent, useState } from "react";
import { useNavigate } from "react-router";
import { refusal, sendReport, watchNetwork } from "@/features/report/outbox";
import { tidyUp } from "@/features/report/photos";
import { begin, changeDraft, changeReport, lastSent, report } from "@/features/report/report-store";
import { errorsAt, mistakesIn, type Step } from "@/features/report/steps";
import type { Kind } from "@/lib/announcements";
import type { Draft } from "@/lib/draft";
import { FIELD_OF } from "@/lib/draft-checks";
import { type FieldError, Problem, Unreachable } from "@/lib/problem";
import { useStore } from "@/lib/store";

/** A report while it is written and sent. */
export function useReport(
  kind: Kind,
  about: string | null,
  onRefused: (errors: readonly FieldError[]) => void,
) {
  const whole = useStore(report);
  const [found, setFound] = useState<readonly FieldError[]>(() => errorsIn(refusal.get()));
  const [error, setError] = useState<unknown>(() => refusal.get());
  const [isSending, setSending] = useState(false);
  const [website, setWebsite] = useState("");

  useEffect(watchNetwork, []);
  useEffect(() => void tidyUp(), []);
  useEffect(() => begin(kind, about), [kind, about]);
  useGoOnWhenSent(whole.id);

  const take = (reason: unknown): readonly FieldError[] => {
    const errors = errorsIn(reason);
    if (errors.some(({ field }) => field === "website")) setWebsite("");
    setFound(errors);
    setError(reason instanceof Unreachable ? null : reason);
    return errors;
  };

  /** What waited may be refused when its turn comes: then it is told as if the button had been pressed now. */
  const takeRefusal = useEffectEvent(() => {
    const reason = refusal.get();
    if (reason) onRefused(take(reason));
  });
  useEffect(() => refusal.subscribe(() => takeRefusal()), []);

  const change = (changes: Partial<Draft>) => {
    const fields = (Object.keys(changes) as (keyof Draft)[]).map((name) => FIELD_OF[name]);
    setFound((before) => before.filter(({ field }) => !fields.some((own) => field.startsWith(own))));
    changeDraft(changes);
  };

  /** What has to be mended before one can go on from a step, the last one with all of them; it is shown from now on. */
  const check = (step: Step): readonly FieldError[] => {
    const all = mistakesIn(kind, report.get().draft);
    const mistakes = step === 3 ? all : errorsAt(step, all);
    setFound(mistakes);
    setError(null);
    refusal.set(null);
    return mistakes;
  };

  const send = async (): Promise<void> => {
    setSending(true);
    setError(null);
    await sendReport(website).catch((reason: unknown) => onRefused(take(reason)));
    setSending(false);
  };

  return { whole, change, found, error, isSending, check, send, website, setWebsite };
}

const errorsIn = (reason: unknown): readonly FieldError[] => (reason instanceof Problem ? reason.errors : []);

/** Wherever it was sent from, this tab or another, the page goes on to what comes next. */
function useGoOnWhenSent(shownId: string): void {
  const navigate = useNavigate();
  const sent = useStore(lastSent);
  const [first] = useState(sent);
  const [seen, setSeen] = useState(shownId);
  const isOurs = sent !== null && sent !== first && sent.reportId === seen;
  if (!isOurs && seen !== shownId) setSeen(shownId);
  useEffect(() => {
    if (isOurs) void navigate(`/report/done/${sent.announcementId}`, { replace: true });
  }, [isOurs, sent, navigate]);
}

/** Keep it here for now, to be changed. */
export const stopWaiting = (): void => changeReport({ isWaiting: false });

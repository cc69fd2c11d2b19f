import { useEffect, useEffectEvent, useLayoutEffect, useState } from "react";
import { useNavigate } from "react-router";
import { type About, problemOf, type Refusal } from "@/features/report/kept-reports";
import { sendReport, watchNetwork } from "@/features/report/outbox";
import { tidyUp } from "@/features/report/photos";
import {
  begin,
  changeDraft,
  changeReport,
  lastSent,
  reportAbout,
  useReportAbout,
} from "@/features/report/report-store";
import { errorsAt, mistakesIn, type Step } from "@/features/report/steps";
import type { Kind } from "@/lib/announcements";
import type { Draft } from "@/lib/draft";
import { fieldsOf } from "@/lib/draft-checks";
import { errorsIn, type FieldError, isTrapped, Unreachable, without } from "@/lib/problem";
import { useStore } from "@/lib/store";

/** A report while it is written and sent; what is shown of it is what will be sent. */
export function useReport(
  about: About,
  asked: Kind | null,
  onRefused: (errors: readonly FieldError[]) => void,
) {
  const whole = useReportAbout(about);
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const [website, setWebsite] = useState("");

  useLayoutEffect(() => begin(about, asked), [about, asked]);
  useEffect(watchNetwork, []);
  useEffect(() => void tidyUp(), []);
  useGoOnWhenSent(whole.id);

  const take = (reason: unknown): readonly FieldError[] => {
    const errors = errorsIn(reason);
    if (isTrapped(reason)) setWebsite("");
    setFound(errors);
    setError(reason instanceof Unreachable ? null : reason);
    return errors;
  };

  // what waited may have been refused when its turn came: it is told as if the button had been pressed now
  const [told, setTold] = useState<Refusal | null>(null);
  if (whole.refusal !== told) {
    setTold(whole.refusal);
    if (whole.refusal) take(problemOf(whole.refusal));
  }
  const mendRefused = useEffectEvent((refusal: Refusal) => onRefused(problemOf(refusal).errors));
  useEffect(() => {
    if (told) mendRefused(told);
  }, [told]);

  const change = (changes: Partial<Draft>) => {
    if (isSending) return; // the map is no field that can be switched off
    setFound((before) => without(before, fieldsOf(changes)));
    changeDraft(about, changes);
  };

  /** What has to be mended before one can go on from a step, the last one with all of them; it is shown from now on. */
  const check = (step: Step): readonly FieldError[] => {
    const { kind, draft } = reportAbout(about);
    const all = mistakesIn(kind, draft);
    const mistakes = step === 3 ? all : errorsAt(step, all);
    setFound(mistakes);
    setError(null);
    return mistakes;
  };

  const send = async (): Promise<void> => {
    setSending(true);
    setError(null);
    await sendReport(about, website).catch((reason: unknown) => onRefused(take(reason)));
    setSending(false);
  };

  return { whole, change, found, error, isSending, check, send, website, setWebsite };
}

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
export const stopWaiting = (about: About): void => changeReport(about, { isWaiting: false });

import "@/features/report/report.css";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { ActButton } from "@/components/ActButton";
import { Fields } from "@/components/Fields";
import { WORDS as SHARED_WORDS } from "@/components/form-words";
import { FormErrors } from "@/components/FormErrors";
import { Honeypot } from "@/components/Honeypot";
import { Notice } from "@/components/Notice";
import { AboutStep, PhotoStep, PlaceStep } from "@/features/report/Steps";
import { Progress } from "@/features/report/Progress";
import type { About } from "@/features/report/kept-reports";
import { changeReport, detach, isBegun, reportAbout, useReportAbout } from "@/features/report/report-store";
import { StartAnew } from "@/features/report/StartAnew";
import { errorsAt, stepToMend } from "@/features/report/steps";
import { useReport } from "@/features/report/use-report";
import { useSteps } from "@/features/report/use-steps";
import { Waiting } from "@/features/report/Waiting";
import { WORDS } from "@/features/report/words";
import { focusFirstError, focusSubmitter } from "@/lib/focus";
import { type FieldError, isTrapped, Problem } from "@/lib/problem";
import { ago, inWhile } from "@/lib/time";
import { COMMON, REPORT_NAMES } from "@/lib/words";

const OTHER_SITTING = 600_000; // milliseconds: after so long one may wonder where the words come from
const STEP_VIEWS = { 1: PhotoStep, 2: AboutStep, 3: PlaceStep };

/** The report of a pet lost, found or seen, in three steps. */
export function ReportPage() {
  const [search] = useSearchParams();
  const about = search.get("about");
  return <Writing key={about} about={about} />;
}

function Writing({ about }: { about: About }) {
  const { step, asked, toStep, back, leaveOut } = useSteps(about);
  const form = useRef<HTMLFormElement>(null);

  const mend = (errors: readonly FieldError[]) => {
    const next = stepToMend(errors);
    if (errors.length && next !== step) toStep(next);
    focusFirstError(form.current);
  };
  const report = useReport(about, asked, mend);
  const { whole, change, found, error, isSending, website, setWebsite } = report;
  const { kind } = whole;
  const own = useReportAbout(null);
  const heading = useFocusOnStep(step, whole.isWaiting);
  const restored = useRestored(about);
  const View = STEP_VIEWS[step];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const mistakes = report.check(step);
    if (mistakes.length) return mend(mistakes);
    if (step < 3) return toStep(step === 1 ? 2 : 3);
    focusSubmitter(event);
    await report.send();
  };
  const goAlone = (about: string) => {
    detach(about);
    leaveOut();
  };
  if (whole.isWaiting) return <Waiting whole={whole} heading={heading} />;
  return (
    <div className="page report">
      <title>{`${WORDS.stepOf(step)}: ${WORDS.steps[step]} · ${REPORT_NAMES[kind]} · ${COMMON.appName}`}</title>
      <h1>{REPORT_NAMES[kind]}</h1>
      <Progress step={step} />
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate aria-label={REPORT_NAMES[kind]}>
        <section className="card report__step" aria-labelledby="step">
          <h2 id="step" ref={heading} tabIndex={-1}>
            <span className="visually-hidden">{WORDS.stepOf(step)}: </span>
            {WORDS.steps[step]}
          </h2>
          {restored ? <Notice>{WORDS.restored(ago(restored))}</Notice> : null}
          <Fields off={isSending}>
            <View
              whole={whole}
              errors={errorsAt(step, found)}
              change={change}
              setKind={(next) => changeReport(about, { kind: next })}
              dropAbout={about !== null && !isBegun(own) ? () => goAlone(about) : undefined}
            />
          </Fields>
        </section>
        <Honeypot label={WORDS.hidden} value={website} onChange={setWebsite} />
        {step === 3 || error ? <Trouble error={error} /> : null}
        <div className="report__acts">
          {step > 1 ? (
            <button type="button" className="button" onClick={back}>
              {WORDS.back}
            </button>
          ) : null}
          <ActButton type="submit" className={`button button--${kind} button--large`} off={isSending}>
            {step === 3
              ? isSending
                ? WORDS.sending
                : error
                  ? WORDS.sendAgain
                  : WORDS.send
              : step === 1 && !whole.photos.length
                ? WORDS.nextWithoutPhoto
                : WORDS.next}
          </ActButton>
        </div>
        <p className="report__note">{step === 3 ? WORDS.noAccount : WORDS.keptHere}</p>
        {isBegun(whole) ? <StartAnew whole={whole} onAnew={() => toStep(1)} /> : null}
      </form>
    </div>
  );
}

/** Why it could not be sent, as far as no field says so. */
function Trouble({ error }: { error: unknown }) {
  if (error instanceof Problem && error.status === 429 && error.retryAfter)
    return <Notice tone="problem">{WORDS.tooMany(inWhile(error.retryAfter))}</Notice>;
  if (isTrapped(error)) return <Notice tone="problem">{SHARED_WORDS.fields.trap}</Notice>;
  return <FormErrors error={error} />;
}

/** A new step starts at its heading, for the eye and for the screen reader. */
function useFocusOnStep(step: number, isWaiting: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = `${step} ${isWaiting}`;
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [shown]);
  return heading;
}

/** When what is shown was begun, if that was in another sitting. */
function useRestored(about: About): string | null {
  const [startedAt] = useState(() => {
    const before = reportAbout(about);
    const isOld = isBegun(before) && Date.now() - before.startedAt > OTHER_SITTING;
    return isOld ? { id: before.id, at: new Date(before.startedAt).toISOString() } : null;
  });
  return startedAt?.id === reportAbout(about).id ? (startedAt?.at ?? null) : null;
}

import { useEffect, useEffectEvent } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import type { About, Report } from "@/features/report/kept-reports";
import { reportAbout, useReportAbout } from "@/features/report/report-store";
import { type Step, stepIn } from "@/features/report/steps";
import { KINDS } from "@/lib/announcements";

/** Where a report is, kept in the address: the browser's back button goes a step back. */
export function useSteps(about: About) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const location = useLocation() as { state: { from?: Step } | null };
  const step = stepIn(search);
  const asked = KINDS.find((one) => one === search.get("kind")) ?? null;

  const go = (changes: Record<string, string | null>, replace: boolean) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    void navigate({ search: `?${next}` }, { replace, state: { from: step } });
  };
  const toStep = (next: Step) => go({ kind: reportAbout(about).kind, step: String(next) }, false);

  /** The browser's own back where that is the step before, so that the history stays what one did. */
  const back = () => {
    const before = Math.max(1, step - 1) as Step;
    if (location.state?.from === before) void navigate(-1);
    else go({ step: String(before) }, true);
  };
  const leaveOut = () => go({ about: null }, true);

  /** The address asks for a kind once; then it follows what is shown, so that a reload asks for nothing else. */
  const follow = useEffectEvent(() => {
    const { kind } = reportAbout(about); // as it is by now: what was asked for may just have been taken
    if (asked !== null && asked !== kind) go({ kind }, true);
  });
  const { kind: shown } = useReportAbout(about);
  useEffect(() => follow(), [asked, shown]);
  return { step, asked, toStep, back, leaveOut };
}

/** The address of a step of a report. */
export function addressOf({ kind, about }: Report, step: Step): string {
  return `/report?${new URLSearchParams({ kind, ...(about !== null && { about }), step: String(step) })}`;
}

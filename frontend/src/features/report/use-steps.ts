import { useLocation, useNavigate, useSearchParams } from "react-router";
import { isBegun, report } from "@/features/report/report-store";
import { type Step, stepIn } from "@/features/report/steps";
import { type Kind, KINDS } from "@/lib/announcements";

/** Where a report is, kept in the address: the browser's back button goes a step back. */
export function useSteps() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const location = useLocation() as { state: { from?: Step } | null };
  const step = stepIn(search);
  const about = search.get("about");
  const asked = KINDS.find((one) => one === search.get("kind"));
  const kind: Kind = about ? "sighting" : (asked ?? (isBegun(report.get()) ? report.get().kind : "lost"));

  const go = (changes: Record<string, string | null>, replace: boolean) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    void navigate({ search: `?${next}` }, { replace, state: { from: step } });
  };
  const toStep = (next: Step) => go({ kind, step: String(next) }, false);

  /** The browser's own back where that is the step before, so that the history stays what one did. */
  const back = () => {
    const before = Math.max(1, step - 1) as Step;
    if (location.state?.from === before) void navigate(-1);
    else go({ kind, step: String(before) }, true);
  };
  const setKind = (next: Kind) => go({ kind: next }, true);
  const dropAbout = () => go({ about: null, kind: "sighting" }, true);
  return { step, kind, about, toStep, back, setKind, dropAbout };
}

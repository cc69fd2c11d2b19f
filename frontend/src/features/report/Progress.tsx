import { Link, useSearchParams } from "react-router";
import { Icon } from "@/components/Icon";
import { type Step, STEPS } from "@/features/report/steps";
import { WORDS } from "@/features/report/words";

/** Where one is among the steps, and the way to each of them. */
export function Progress({ step }: { step: Step }) {
  const [search] = useSearchParams();
  const to = (next: Step) => {
    const there = new URLSearchParams(search);
    there.set("step", String(next));
    return `?${there}`;
  };
  return (
    <nav aria-label={WORDS.progress}>
      <ol className="steps">
        {STEPS.map((one) => (
          <li key={one} className={one < step ? "steps__step steps__step--past" : "steps__step"}>
            <Link to={to(one)} state={{ from: step }} aria-current={one === step ? "step" : undefined}>
              <span className="steps__number" aria-hidden="true">
                {one < step ? <Icon name="check" size={16} /> : one}
              </span>
              {WORDS.steps[one]}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

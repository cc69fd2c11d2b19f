import { type Ref, useState } from "react";
import { Icon } from "@/components/Icon";
import type { Report } from "@/features/report/kept-reports";
import { delay, sendWaiting } from "@/features/report/outbox";
import { stopWaiting } from "@/features/report/use-report";
import { WORDS } from "@/features/report/after-words";
import { useStore } from "@/lib/store";
import { COMMON, REPORT_NAMES } from "@/lib/words";

const words = WORDS.waiting;

/** A report that is kept until there is a network; it is sent by itself, and can be taken back until then. */
export function Waiting({ whole, heading }: { whole: Report; heading: Ref<HTMLHeadingElement> }) {
  const { kind, about } = whole;
  const isDelayed = useStore(delay) !== null;
  const [isTrying, setTrying] = useState(false);
  const tryNow = () => {
    if (isTrying) return;
    setTrying(true);
    void sendWaiting().finally(() => setTrying(false));
  };
  return (
    <div className="page report">
      <title>{`${words.title} · ${COMMON.appName}`}</title>
      <h1>{REPORT_NAMES[kind]}</h1>
      <section className="card waiting" aria-labelledby="waiting">
        <Icon name="time" size={40} />
        <h2 id="waiting" ref={heading} tabIndex={-1}>
          {words.title}
        </h2>
        <p role="status">{isTrying ? words.trying : isDelayed ? words.busy : words.text}</p>
        <div className="row">
          <button
            type="button"
            className={`button button--${kind}`}
            aria-disabled={isTrying}
            onClick={tryNow}
          >
            {words.now}
          </button>
          <button type="button" className="button" onClick={() => stopWaiting(about)}>
            {words.write}
          </button>
        </div>
      </section>
    </div>
  );
}

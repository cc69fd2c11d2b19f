import { type Ref, useState } from "react";
import { Icon } from "@/components/Icon";
import { sendWaiting } from "@/features/report/outbox";
import { stopWaiting } from "@/features/report/use-report";
import { WORDS } from "@/features/report/after-words";
import type { Kind } from "@/lib/announcements";
import { COMMON, REPORT_NAMES } from "@/lib/words";

const words = WORDS.waiting;

/** A report that is kept until there is a network; it is sent by itself, and can be taken back until then. */
export function Waiting({ kind, heading }: { kind: Kind; heading: Ref<HTMLHeadingElement> }) {
  const [isTrying, setTrying] = useState(false);
  const tryNow = () => {
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
        <p role="status">{isTrying ? words.trying : words.text}</p>
        <div className="row">
          <button type="button" className={`button button--${kind}`} disabled={isTrying} onClick={tryNow}>
            {words.now}
          </button>
          <button type="button" className="button" onClick={stopWaiting}>
            {words.write}
          </button>
        </div>
      </section>
    </div>
  );
}

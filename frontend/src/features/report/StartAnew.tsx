import { useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { throwAway } from "@/features/report/photos";
import { startAnew } from "@/features/report/report-store";
import type { Report } from "@/features/report/kept-reports";
import { WORDS } from "@/features/report/words";

/** The way to an empty report, asked about first. */
export function StartAnew({ whole, onAnew }: { whole: Report; onAnew: () => void }) {
  const [asked, ask] = useState(false);
  const yes = () => {
    ask(false);
    void throwAway(whole.photos.map(({ id }) => id));
    startAnew(whole.about, whole.kind);
    onAnew();
  };
  return (
    <div className="report__note">
      <button type="button" className="link-button" onClick={() => ask(true)}>
        {WORDS.startAnew}
      </button>
      {asked ? (
        <ConfirmDialog
          question={WORDS.startAnewQuestion}
          text={WORDS.startAnewText}
          yes={WORDS.startAnewYes}
          no={WORDS.startAnewNo}
          onYes={yes}
          onNo={() => ask(false)}
        />
      ) : null}
    </div>
  );
}

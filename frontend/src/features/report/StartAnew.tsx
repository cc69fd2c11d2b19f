import { useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { throwAway } from "@/features/report/photos";
import { report, startAnew } from "@/features/report/report-store";
import { WORDS } from "@/features/report/words";
import type { Kind } from "@/lib/announcements";

/** The way to an empty report, asked about first. */
export function StartAnew({ kind, onAnew }: { kind: Kind; onAnew: () => void }) {
  const [asked, ask] = useState(false);
  const yes = () => {
    ask(false);
    void throwAway(report.get().photos.map(({ id }) => id));
    startAnew(kind);
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

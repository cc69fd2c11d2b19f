import { Notice } from "@/components/Notice";
import { messageOf } from "@/lib/problem";
import { COMMON } from "@/lib/words";

/** An error in place of what could not be loaded, with the way on. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Notice tone="problem">
      <p>{messageOf(error)}</p>
      <button type="button" className="button" onClick={onRetry}>
        {COMMON.tryAgain}
      </button>
    </Notice>
  );
}

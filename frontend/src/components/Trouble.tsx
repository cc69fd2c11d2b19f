import type { ReactNode } from "react";
import { Notice } from "@/components/Notice";
import { messageOf } from "@/lib/problem";
import { COMMON } from "@/lib/words";

interface TroubleProps {
  error: unknown;
  onRetry: () => void;
  children?: ReactNode; // more to say
}

/** An error in place of what could not be loaded, with the way on. */
export function Trouble({ error, onRetry, children }: TroubleProps) {
  return (
    <Notice tone="problem">
      <p>
        {messageOf(error)} {children}
      </p>
      <button type="button" className="button" onClick={onRetry}>
        {COMMON.tryAgain}
      </button>
    </Notice>
  );
}

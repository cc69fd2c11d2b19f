import { type RefObject, useEffect, useRef } from "react";

/** What comes in the place of what was pressed takes over the focus that was lost with it; it needs a tabIndex of -1. */
export function useArrivalFocus<Arrived extends HTMLElement>(isNews = true): RefObject<Arrived | null> {
  const arrived = useRef<Arrived>(null);
  useEffect(() => {
    if (isNews && document.activeElement === document.body) arrived.current?.focus();
  }, [isNews]);
  return arrived;
}

import { useEffect } from "react";

/** Lift the mark of one announcement above the others, while its line in the list is pointed at. */
export function useHighlight(
  container: HTMLElement | undefined,
  id: string | null | undefined,
  marks: unknown,
): void {
  useEffect(() => {
    const mark = id && container?.querySelector(`[data-mark="${CSS.escape(id)}"]`);
    if (!mark) return;
    mark.classList.add("mark--highlighted");
    return () => mark.classList.remove("mark--highlighted");
  }, [container, id, marks]);
}

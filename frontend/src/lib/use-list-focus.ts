import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

/** Where the focus goes when the line that held it is taken out of a list: to the last button of the line in its place,
 * or to what stands beside the empty list. Give `list` and `noteFocus` to the list.
 */
export function useListFocus(count: number, beside: RefObject<HTMLElement | null>) {
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<number | null>(null); // the line that had the focus last
  const noteFocus = ({ target, currentTarget }: FocusEvent<HTMLOListElement>) => {
    focused.current = [...currentTarget.children].findIndex((line) => line.contains(target));
  };
  useLayoutEffect(() => {
    if (focused.current === null || document.activeElement !== document.body) return;
    const lines = list.current?.children ?? [];
    const line = lines[Math.min(focused.current, lines.length - 1)];
    const button = line?.querySelector<HTMLElement>("button:last-of-type");
    (button ?? beside.current)?.focus();
  }, [count, beside]);
  return { list, noteFocus };
}

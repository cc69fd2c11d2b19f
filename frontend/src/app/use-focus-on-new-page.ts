import { type RefObject, useEffect, useRef } from "react";

/** A new page starts at its top, for the eye and for the keyboard; the first one as the browser does it. */
export function useFocusOnNewPage(main: RefObject<HTMLElement | null>, pathname: string): void {
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname || !main.current) return;
    last.current = pathname;
    window.scrollTo(0, 0);
    main.current.focus({ preventScroll: true });
    return onceThereIsAHeading(main.current, focusHeading);
  }, [main, pathname]);
}

/** The heading may come with the page's data; who has gone on to something else by then is left there. */
function focusHeading(main: HTMLElement, heading: HTMLElement): void {
  if (document.activeElement !== main && document.activeElement !== document.body) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function onceThereIsAHeading(main: HTMLElement, act: (main: HTMLElement, heading: HTMLElement) => void) {
  const look = () => {
    const heading = main.querySelector<HTMLElement>("h1");
    if (!heading) return;
    observer.disconnect();
    act(main, heading);
  };
  const observer = new MutationObserver(look);
  observer.observe(main, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}

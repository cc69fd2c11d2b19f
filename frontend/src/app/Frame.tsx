import { lazy, Suspense, useEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router";
import { Header } from "@/app/Header";
import { PageBoundary } from "@/app/PageBoundary";
import { WORDS } from "@/app/words";
import { hasUnsent } from "@/lib/unsent";
import { COMMON } from "@/lib/words";

const OutboxNote = lazy(async () => ({ default: (await import("@/features/report")).OutboxNote }));

/** The frame around every page: header, content, and the focus that follows from page to page. */
export function Frame() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main, pathname);
  return (
    <>
      <a className="skip-link" href="#content">
        {WORDS.skip}
      </a>
      <Header />
      {hasUnsent() ? (
        <Suspense fallback={null}>
          <OutboxNote />
        </Suspense>
      ) : null}
      <main id="content" ref={main} tabIndex={-1}>
        <PageBoundary key={pathname}>
          <Suspense fallback={<p className="page-waiting">{COMMON.loading}</p>}>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </main>
    </>
  );
}

/** A new page starts at its top, for the eye and for the keyboard; the first one as the browser does it. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>, pathname: string): void {
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [main, pathname]);
}

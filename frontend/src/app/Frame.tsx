import { lazy, Suspense, useLayoutEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router";
import { Footer } from "@/app/Footer";
import { Header } from "@/app/Header";
import { lookOf } from "@/app/look-of";
import { OfflineNote } from "@/app/OfflineNote";
import { PageBoundary } from "@/app/PageBoundary";
import { useFocusOnNewPage } from "@/app/use-focus-on-new-page";
import { WORDS } from "@/app/words";
import { hasUnsent } from "@/lib/unsent";
import { COMMON } from "@/lib/words";

const OutboxNote = lazy(async () => ({ default: (await import("@/features/report")).OutboxNote }));

/** The frame around every page: header, content, footer, and the focus that follows from page to page. */
export function Frame() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main, pathname);
  useLayoutEffect(() => {
    document.documentElement.dataset.page = lookOf(pathname);
  }, [pathname]);
  return (
    <>
      <a className="skip-link" href="#content">
        {WORDS.skip}
      </a>
      <Header />
      <OfflineNote />
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
      <Footer />
    </>
  );
}

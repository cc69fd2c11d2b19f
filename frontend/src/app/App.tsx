import "@/app/tokens.css";
import "@/app/base.css";
import "@/components/controls.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter, Route, Routes } from "react-router";
import { Frame } from "@/app/Frame";
import { NotFound } from "@/app/NotFound";
import { PAGES } from "@/app/pages";
import { queryClient } from "@/lib/query-client";

/** Every address of the page, in one frame. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <BrowserRouter>
        <Routes>
          <Route element={<Frame />}>
            {PAGES.map(({ path, Page }) => (
              <Route key={path} path={path} element={<Page />} />
            ))}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  );
}

import "@/app/tokens.css";
import "@/app/base.css";
import "@/components/controls.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy } from "react";
import { BrowserRouter, Route, Routes } from "react-router";
import { Frame } from "@/app/Frame";
import { NotFound } from "@/app/NotFound";
import { MapPage } from "@/features/map";
import { queryClient } from "@/lib/query-client";

const ReportPage = lazy(async () => ({ default: (await import("@/features/report")).ReportPage }));
const DonePage = lazy(async () => ({ default: (await import("@/features/report")).DonePage }));
const AnnouncementPage = lazy(async () => ({
  default: (await import("@/features/announcement")).AnnouncementPage,
}));
const PosterPage = lazy(async () => ({ default: (await import("@/features/poster")).PosterPage }));
const ManagePage = lazy(async () => ({ default: (await import("@/features/manage")).ManagePage }));

/** Every route of the page, one line each; what is not the map is loaded when it is opened. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <BrowserRouter>
        <Routes>
          <Route element={<Frame />}>
            <Route index element={<MapPage />} />
            <Route path="report" element={<ReportPage />} />
            <Route path="report/done/:id" element={<DonePage />} />
            <Route path="a/:id" element={<AnnouncementPage />} />
            <Route path="a/:id/poster" element={<PosterPage />} />
            <Route path="manage/:id" element={<ManagePage />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  );
}

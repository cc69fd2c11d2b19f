import { matchPath } from "react-router";
import { MapPage } from "@/features/map";
import { onDemand } from "@/lib/on-demand";

const ReportPage = onDemand(async () => (await import("@/features/report")).ReportPage);
const DonePage = onDemand(async () => (await import("@/features/report")).DonePage);
const MinePage = onDemand(async () => (await import("@/features/report")).MinePage);
const AnnouncementPage = onDemand(async () => (await import("@/features/announcement")).AnnouncementPage);
const PosterPage = onDemand(async () => (await import("@/features/poster")).PosterPage);
const ManagePage = onDemand(async () => (await import("@/features/manage")).ManagePage);
const AboutPage = onDemand(async () => (await import("@/features/info")).AboutPage);
const SafetyPage = onDemand(async () => (await import("@/features/info")).SafetyPage);
const PrivacyPage = onDemand(async () => (await import("@/features/info")).PrivacyPage);

/** Every address of the page, one line each; what is not the map is loaded when it is opened. */
export const PAGES = [
  { path: "/", Page: MapPage },
  { path: "/report", Page: ReportPage },
  { path: "/report/done/:id", Page: DonePage },
  { path: "/mine", Page: MinePage },
  { path: "/a/:id", Page: AnnouncementPage },
  { path: "/a/:id/poster", Page: PosterPage },
  { path: "/manage/:id", Page: ManagePage },
  { path: "/about", Page: AboutPage },
  { path: "/safety", Page: SafetyPage },
  { path: "/privacy", Page: PrivacyPage },
] as const;

/** Load the code of the page at an address, if it needs to be. */
export async function preloadPage(pathname: string): Promise<void> {
  const found = PAGES.find(({ path }) => matchPath(path, pathname));
  if (found && "preload" in found.Page) await found.Page.preload();
}

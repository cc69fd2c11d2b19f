import "@/features/report/report.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useParams } from "react-router";
import { CopyField } from "@/components/CopyField";
import { Notice } from "@/components/Notice";
import { UploadStatus } from "@/components/UploadStatus";
import { WORDS } from "@/features/report/words";
import type { Announcement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { manageLink, pageLink, tokenOf } from "@/lib/manage-token";
import { formatView, STREET_ZOOM } from "@/lib/map-view";
import { KEYS } from "@/lib/query-client";
import { COMMON } from "@/lib/words";

const words = WORDS.done;

/** After a report: the links to keep, the photo on its way, and what to do now. */
export function DonePage() {
  const { id = "" } = useParams();
  const { state } = useLocation() as { state: { token?: string } | null };
  const token = state?.token ?? tokenOf(id);
  const { data } = useQuery({ queryKey: KEYS.announcement(id), queryFn: () => api.announcement(id) });
  return (
    <div className="page report">
      <title>{`${words.title} · ${COMMON.appName}`}</title>
      <h1>{words.title}</h1>
      {data ? <p className="lead">{words.lead[data.kind]}</p> : null}
      <UploadStatus announcementId={id} />
      <section className="card">
        <CopyField label={words.page} hint={words.pageHint} value={pageLink(id)} />
        {token ? (
          <CopyField label={words.manage} hint={words.manageHint} value={manageLink(id, token)} />
        ) : (
          <Notice>{words.lostToken}</Notice>
        )}
      </section>
      <div className="row">
        <Link className="button button--primary" to={data ? onMap(data) : "/"}>
          {words.seeOnMap}
        </Link>
        <Link className="button" to={`/a/${id}`}>
          {words.openPage}
        </Link>
        <Link className="button" to={`/manage/${id}`}>
          {words.openManage}
        </Link>
      </div>
    </div>
  );
}

/** The map around it, looking back far enough to show it. */
function onMap({ public_place }: Announcement): string {
  const { latitude, longitude } = public_place;
  return `/?${new URLSearchParams({ at: formatView({ latitude, longitude, zoom: STREET_ZOOM }), time: "all" })}`;
}

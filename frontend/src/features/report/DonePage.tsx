import "@/features/report/report.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { CopyField } from "@/components/CopyField";
import { Notice } from "@/components/Notice";
import { UploadStatus } from "@/components/UploadStatus";
import { Advice } from "@/features/report/Advice";
import { AnotherPhoto } from "@/features/report/AnotherPhoto";
import { watchNetwork } from "@/features/report/outbox";
import { Share } from "@/features/report/Share";
import { WORDS } from "@/features/report/after-words";
import type { Announcement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { manageLink, pageLink, tokenOf } from "@/lib/manage-token";
import { formatView, STREET_ZOOM } from "@/lib/map-view";
import { KEYS } from "@/lib/query-client";
import { COMMON } from "@/lib/words";

const words = WORDS.done;

/** After a report: pass it on, the photos on their way, what to do now, and the links to keep. */
export function DonePage() {
  const { id = "" } = useParams();
  const token = tokenOf(id);
  const { data, isPending } = useQuery({
    queryKey: KEYS.announcement(id),
    queryFn: () => api.announcement(id),
  });
  useEffect(watchNetwork, []);
  if (isPending) return <p className="page-waiting">{COMMON.loading}</p>; // nothing jumps when it comes
  return (
    <div className="page report">
      <title>{`${words.title} · ${COMMON.appName}`}</title>
      <h1>{words.title}</h1>
      {data ? <p className="lead">{words.lead[data.kind]}</p> : null}
      <UploadStatus announcementId={id} />
      {token ? <AnotherPhoto announcementId={id} token={token} /> : null}
      <div className="row">
        {data ? <Share announcement={data} /> : null}
        {data?.kind === "sighting" ? null : (
          <Link className="button" to={`/a/${id}/poster`}>
            {words.poster}
          </Link>
        )}
        <Link className="button" to={data ? onMap(data) : "/"}>
          {words.seeOnMap}
        </Link>
      </div>
      {data ? <Advice kind={data.kind} species={data.species} /> : null}
      <section className="card">
        <h2>{words.links}</h2>
        <CopyField label={words.page} hint={words.pageHint} value={pageLink(id)} />
        {token ? (
          <CopyField label={words.manage} hint={words.manageHint} value={manageLink(id, token)} />
        ) : (
          <Notice>{words.lostToken}</Notice>
        )}
        <div className="row">
          <Link className="button" to={`/a/${id}`}>
            {words.openPage}
          </Link>
          <Link className="button" to={`/manage/${id}`}>
            {words.openManage}
          </Link>
          <Link className="button" to="/mine">
            {words.mine}
          </Link>
        </div>
      </section>
    </div>
  );
}

/** The map around it, looking back far enough to show it. */
function onMap({ public_place }: Announcement): string {
  const { latitude, longitude } = public_place;
  return `/?${new URLSearchParams({ at: formatView({ latitude, longitude, zoom: STREET_ZOOM }), time: "all" })}`;
}

import "@/features/report/report.css";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Link, useParams } from "react-router";
import { CopyField } from "@/components/CopyField";
import { Notice } from "@/components/Notice";
import { Trouble } from "@/components/Trouble";
import { UploadStatus } from "@/components/UploadStatus";
import { Advice } from "@/features/report/Advice";
import { AnotherPhoto } from "@/features/report/AnotherPhoto";
import { watchNetwork } from "@/features/report/outbox";
import { Share } from "@/features/report/Share";
import { WORDS } from "@/features/report/after-words";
import type { Announcement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { isOnDevice, manageLink, pageLink, tokenOf } from "@/lib/manage-token";
import { formatView, STREET_ZOOM } from "@/lib/map-view";
import { Problem } from "@/lib/problem";
import { KEYS } from "@/lib/query-client";
import { COMMON } from "@/lib/words";

const words = WORDS.done;

/** After a report: pass it on, the photos on their way, what to do now, and the links to keep. */
export function DonePage() {
  const { id = "" } = useParams();
  const { data, failureReason, refetch } = useQuery({
    queryKey: KEYS.announcement(id),
    queryFn: () => api.announcement(id),
  });
  useEffect(watchNetwork, []);
  if (failureReason instanceof Problem && [404, 410].includes(failureReason.status)) return <Gone id={id} />;
  if (data) return <Done announcement={data} />;
  if (!failureReason) return <p className="page-waiting">{COMMON.loading}</p>; // nothing jumps when it comes
  return (
    <Page title={words.unseen}>
      <Trouble error={failureReason} onRetry={() => void refetch()} />
      <UploadStatus announcementId={id} />
      <Links id={id} />
    </Page>
  );
}

function Done({ announcement }: { announcement: Announcement }) {
  const { id, kind, species } = announcement;
  const token = tokenOf(id);
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead[kind]}</p>
      <UploadStatus announcementId={id} />
      {token ? <AnotherPhoto announcementId={id} token={token} /> : null}
      <div className="row">
        <Share announcement={announcement} />
        {kind === "sighting" ? null : (
          <Link className="button" to={`/a/${id}/poster`}>
            {words.poster}
          </Link>
        )}
        <Link className="button" to={onMap(announcement)}>
          {words.seeOnMap}
        </Link>
      </div>
      <Advice kind={kind} species={species} />
      <Links id={id} />
    </Page>
  );
}

/** It was withdrawn or has expired, or there never was one: its own page says which. */
function Gone({ id }: { id: string }) {
  return (
    <Page title={words.gone}>
      <div className="row">
        <Link className="button button--primary" to={`/a/${id}`}>
          {words.openPage}
        </Link>
        <Link className="button" to="/mine">
          {words.mine}
        </Link>
      </div>
    </Page>
  );
}

/** The links to keep, and the pages they lead to. */
function Links({ id }: { id: string }) {
  return (
    <section className="card">
      <h2>{words.links}</h2>
      <CopyField label={words.page} hint={words.pageHint} value={pageLink(id)} />
      <PrivateLink id={id} />
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
  );
}

function PrivateLink({ id }: { id: string }) {
  const token = tokenOf(id);
  if (!token) return <Notice>{words.lostToken}</Notice>;
  const link = manageLink(id, token);
  if (isOnDevice(id)) return <CopyField label={words.manage} hint={words.manageHint} value={link} />;
  return (
    <>
      <Notice tone="problem">{words.notKept}</Notice>
      <CopyField label={words.manage} hint={words.secretHint} value={link} />
    </>
  );
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page report">
      <title>{`${title} · ${COMMON.appName}`}</title>
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** The map around it, looking back far enough to show it. */
function onMap({ public_place }: Announcement): string {
  const { latitude, longitude } = public_place;
  return `/?${new URLSearchParams({ at: formatView({ latitude, longitude, zoom: STREET_ZOOM }), time: "all" })}`;
}

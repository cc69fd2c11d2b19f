import "@/features/announcement/announcement.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { Notice } from "@/components/Notice";
import { SignBadge } from "@/components/SignBadge";
import { SightingList } from "@/components/SightingList";
import { Trouble } from "@/components/Trouble";
import { Acts } from "@/features/announcement/Acts";
import { Facts, Where } from "@/features/announcement/Facts";
import { Gallery } from "@/features/announcement/Gallery";
import { Gone } from "@/features/announcement/Gone";
import { MessageForm } from "@/features/announcement/contact/MessageForm";
import { ReportAbuse } from "@/features/announcement/contact/ReportAbuse";
import { SafetyNote } from "@/features/announcement/contact/SafetyNote";
import { WORDS } from "@/features/announcement/words";
import type { Announcement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { signOf } from "@/lib/glyphs";
import { tokenOf } from "@/lib/manage-token";
import type { Nearby } from "@/lib/nearby";
import { Problem } from "@/lib/problem";
import { KEYS } from "@/lib/query-client";
import { maySee, useSightings } from "@/lib/sightings";
import { COMMON } from "@/lib/words";

const LOOK_AGAIN = 2_000; // milliseconds, while a picture is being prepared

/** The page of one announcement, under its stable address. */
export function AnnouncementPage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.announcement(id),
    queryFn: () => api.announcement(id),
    refetchInterval: ({ state }) => (isPreparing(state.data) ? LOOK_AGAIN : false),
  });
  if (error instanceof Problem && [404, 410].includes(error.status)) return <Gone id={id} problem={error} />;
  if (data) return <Shown key={data.id} announcement={data} />;
  return (
    <div className="page">
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />}
    </div>
  );
}

const isPreparing = (announcement?: Announcement) =>
  announcement?.pictures.some(({ state }) => state === "waiting") ?? false;

function Waiting() {
  return (
    <p className="visually-hidden" role="status">
      {COMMON.loading}
    </p>
  );
}

function Shown({ announcement }: { announcement: Announcement }) {
  const { id, title, text, kind, status, pictures } = announcement;
  const isOwn = tokenOf(id) !== null;
  const sightings = useSightings(id, { enabled: maySee(announcement) }).data ?? NONE;
  return (
    <article className="page announcement">
      <title>{`${title} · ${COMMON.appName}`}</title>
      <header className="announcement__header">
        <SignBadge sign={signOf(announcement)} />
        <h1 dir="auto">{title}</h1>
      </header>
      {status === "reunited" ? <Notice tone="good">{WORDS.reunited}</Notice> : null}
      <div className="announcement__columns">
        <Gallery pictures={pictures} title={title} species={announcement.species} />
        <div className="announcement__facts">
          {isOwn ? <Yours id={id} /> : null}
          <Acts announcement={announcement} isOwn={isOwn} />
          {text ? (
            <p className="announcement__text" dir="auto">
              {text}
            </p>
          ) : null}
          <Facts announcement={announcement} />
          <Where announcement={announcement} sightings={sightings} />
          <Seen sightings={sightings} />
          {status === "active" ? <SafetyNote announcement={announcement} /> : null}
          {status === "active" && !isOwn ? <MessageForm id={id} kind={kind} /> : null}
          {isOwn ? null : <ReportAbuse id={id} />}
        </div>
      </div>
    </article>
  );
}

const NONE: readonly never[] = [];

/** What others saw of it since; nothing where nobody has. */
function Seen({ sightings }: { sightings: readonly Nearby[] }) {
  if (!sightings.length) return null;
  return (
    <section aria-labelledby="seen">
      <h2 id="seen">{WORDS.seen}</h2>
      <p className="field__hint">{WORDS.seenHint}</p>
      <SightingList sightings={sightings} />
    </section>
  );
}

function Yours({ id }: { id: string }) {
  return (
    <p className="announcement__yours">
      {WORDS.yours} <Link to={`/manage/${id}`}>{WORDS.manage}</Link>
    </p>
  );
}

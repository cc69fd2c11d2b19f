import "@/features/report/report.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { SignBadge } from "@/components/SignBadge";
import { Thumbnail } from "@/components/Thumbnail";
import { WORDS } from "@/features/report/after-words";
import type { OwnAnnouncement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { signOf } from "@/lib/glyphs";
import { forgetToken, type KeptAnnouncement, keptAnnouncements } from "@/lib/manage-token";
import { Problem } from "@/lib/problem";
import { KEYS } from "@/lib/query-client";
import { ago } from "@/lib/time";
import { COMMON } from "@/lib/words";

const words = WORDS.mine;

/** What was announced from this device, each with the way to manage it. */
export function MinePage() {
  const [kept, setKept] = useState(keptAnnouncements);
  const leave = (id: string) => {
    forgetToken(id);
    setKept(keptAnnouncements());
  };
  return (
    <div className="page report">
      <title>{`${words.title} · ${COMMON.appName}`}</title>
      <h1>{words.title}</h1>
      <p className="lead">{kept.length ? words.lead : words.none}</p>
      <ul className="mine">
        {kept.map((one) => (
          <li key={one.id} className="card mine__line">
            <Mine kept={one} onForget={() => leave(one.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Mine({ kept, onForget }: { kept: KeptAnnouncement; onForget: () => void }) {
  const { id, token } = kept;
  const { data, error } = useQuery({
    queryKey: KEYS.managed(id),
    queryFn: () => api.ownAnnouncement(id, token),
  });
  const title = data?.title ?? kept.title ?? id;
  const isGone = error instanceof Problem && [403, 404, 410].includes(error.status);
  return (
    <>
      <Thumbnail source={coverOf(data)} species={data?.species ?? "other"} />
      <span className="mine__text">
        {data ? <SignBadge sign={signOf(data)} /> : <Awaited className="badge" />}
        <strong dir="auto">{title}</strong>
        <span className="field__hint">
          {data ? ago(data.event_at) : error ? isGone ? words.gone : words.failed : <Awaited />}
        </span>
      </span>
      {isGone ? (
        <button type="button" className="button" aria-label={words.forgetOne(title)} onClick={onForget}>
          {words.forget}
        </button>
      ) : (
        <Link className="button" to={`/manage/${id}`} aria-label={`${words.manage}: ${title}`}>
          {words.manage}
        </Link>
      )}
    </>
  );
}

/** The room of what is on its way, so that nothing jumps when it is there. */
const Awaited = ({ className }: { className?: string }) => (
  <span className={className} aria-hidden="true">
    {"\u00a0"}
  </span>
);

const coverOf = (announcement?: OwnAnnouncement): string | null =>
  announcement?.pictures.find(({ state }) => state === "ready")?.renditions?.["160"] ?? null;

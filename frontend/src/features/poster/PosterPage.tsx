import "@/features/poster/poster.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { Field } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Trouble } from "@/components/Trouble";
import { NO_LINES, type OwnLines, useOwnLines } from "@/features/poster/own-lines";
import { Sheet } from "@/features/poster/Sheet";
import { WORDS } from "@/features/poster/words";
import type { Announcement } from "@/lib/announcements";
import { api } from "@/lib/api";
import { tokenOf } from "@/lib/manage-token";
import { messageOf, Problem } from "@/lib/problem";
import { KEYS } from "@/lib/query-client";
import { COMMON } from "@/lib/words";

const MAX_CONTACT = 60; // characters, as many as a strip holds
const MAX_PLACE = 120;

/** A poster to print: one page for the wall, and around it what is not printed. */
export function PosterPage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.announcement(id),
    queryFn: () => api.announcement(id),
  });
  if (data?.status === "reunited") return <NoPoster id={id} text={WORDS.reunited} />;
  if (data) return <Poster key={data.id} announcement={data} />;
  if (error instanceof Problem && [404, 410].includes(error.status)) {
    return <NoPoster id={id} text={messageOf(error)} />;
  }
  return (
    <div className="page">
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : <p>{COMMON.loading}</p>}
    </div>
  );
}

function Poster({ announcement }: { announcement: Announcement }) {
  const { id, title } = announcement;
  const [lines, change] = useOwnLines(id);
  const isOwn = tokenOf(id) !== null;
  return (
    <div className="page poster">
      <title>{`${WORDS.title}: ${title} · ${COMMON.appName}`}</title>
      <div className="poster__tools">
        <p>
          <Link className="poster__back" to={`/a/${id}`}>
            <Icon name="earlier" size={18} />
            {WORDS.back}
          </Link>
        </p>
        <h1>{WORDS.title}</h1>
        <p className="lead">{WORDS.hint}</p>
        {isOwn ? <OwnFields lines={lines} onChange={change} /> : null}
        <button type="button" className="button button--primary button--large" onClick={() => void print()}>
          <Icon name="print" />
          {WORDS.print}
        </button>
      </div>
      <Sheet announcement={announcement} own={isOwn ? lines : NO_LINES} />
    </div>
  );
}

interface OwnFieldsProps {
  lines: OwnLines;
  onChange: (changes: Partial<OwnLines>) => void;
}

function OwnFields({ lines, onChange }: OwnFieldsProps) {
  return (
    <fieldset className="card private">
      <legend className="visually-hidden">{WORDS.own}</legend>
      <h2 aria-hidden="true">{WORDS.own}</h2>
      <p className="private__note">
        <Icon name="lock" size={18} />
        {WORDS.ownHint}
      </p>
      <Field label={WORDS.contact} hint={WORDS.contactHint} optional>
        {(control) => (
          <input
            {...control}
            maxLength={MAX_CONTACT}
            autoComplete="off"
            value={lines.contact}
            onChange={(event) => onChange({ contact: event.target.value })}
          />
        )}
      </Field>
      <Field label={WORDS.place} hint={WORDS.placeHint} optional>
        {(control) => (
          <input
            {...control}
            maxLength={MAX_PLACE}
            autoComplete="off"
            value={lines.place}
            onChange={(event) => onChange({ place: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}

/** Nothing is printed before the photo is there. */
async function print(): Promise<void> {
  const photos = Array.from(document.querySelectorAll<HTMLImageElement>(".sheet img"));
  await Promise.all(photos.map((photo) => photo.decode().catch(() => undefined)));
  window.print();
}

function NoPoster({ id, text }: { id: string; text: string }) {
  return (
    <div className="page">
      <title>{`${WORDS.none} · ${COMMON.appName}`}</title>
      <h1>{WORDS.none}</h1>
      <p className="lead">{text}</p>
      <div className="row">
        <Link className="button button--primary" to="/">
          {WORDS.toMap}
        </Link>
        <Link className="button" to={`/a/${id}`}>
          {WORDS.back}
        </Link>
      </div>
    </div>
  );
}

import "@/features/report/report.css";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { AboutFields } from "@/components/AboutFields";
import { FormErrors } from "@/components/FormErrors";
import { Notice } from "@/components/Notice";
import { PhotoField } from "@/components/PhotoField";
import { PlaceField } from "@/components/PlaceField";
import { PrivateFields } from "@/components/PrivateFields";
import { WORDS as SHARED_WORDS } from "@/components/words";
import { KindChoice } from "@/features/report/KindChoice";
import { useReport } from "@/features/report/use-report";
import { WORDS } from "@/features/report/words";
import { type Kind, KINDS } from "@/lib/announcements";
import { focusFirstError } from "@/lib/focus";
import { parseView, rememberedView } from "@/lib/map-view";
import { messageFor } from "@/lib/problem";
import { COMMON, REPORT_NAMES } from "@/lib/words";

/** The report of a pet lost, found or seen, on one page. */
export function ReportPage() {
  const [search, setSearch] = useSearchParams();
  const kind: Kind = KINDS.find((one) => one === search.get("kind")) ?? "lost";
  const [start] = useState(() => parseView(search.get("at")) ?? rememberedView());
  const form = useRef<HTMLFormElement>(null);
  const { draft, change, photo, setPhoto, errors, error, isSending, send } = useReport(kind, () =>
    focusFirstError(form.current),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <div className="page report">
      <title>{`${REPORT_NAMES[kind]} · ${COMMON.appName}`}</title>
      <h1>{REPORT_NAMES[kind]}</h1>
      <p className="lead">{WORDS.intro[kind]}</p>
      <form ref={form} onSubmit={submit} noValidate aria-label={REPORT_NAMES[kind]}>
        <KindChoice kind={kind} onChange={(next) => setSearch({ kind: next }, { replace: true })} />
        <Step>
          <PhotoField photo={photo} onChange={setPhoto} />
        </Step>
        <Step title={WORDS.about}>
          <AboutFields draft={draft} errors={errors} onChange={change} />
        </Step>
        <Step>
          <PlaceField
            place={draft.place}
            start={start}
            error={messageFor(errors, "place")}
            onChange={({ latitude, longitude }) => change({ place: { latitude, longitude } })}
          />
        </Step>
        <Step>
          <PrivateFields draft={draft} errors={errors} onChange={change} />
        </Step>
        <FormErrors error={error} />
        {errors.length && !error ? <Notice tone="problem">{SHARED_WORDS.fields.check}</Notice> : null}
        <button type="submit" className={`button button--${kind} button--large`} disabled={isSending}>
          {isSending ? WORDS.sending : WORDS.send}
        </button>
        <p className="report__note">{WORDS.noAccount}</p>
      </form>
    </div>
  );
}

function Step({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="card">
      {title ? <h2>{title}</h2> : null}
      {children}
    </section>
  );
}

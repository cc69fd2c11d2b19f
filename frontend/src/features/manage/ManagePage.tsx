import "@/features/manage/manage.css";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { CopyField } from "@/components/CopyField";
import { Trouble } from "@/components/Trouble";
import { EditForm } from "@/features/manage/EditForm";
import { Pictures } from "@/features/manage/Pictures";
import { StatusCard } from "@/features/manage/StatusCard";
import { useManaged } from "@/features/manage/use-managed";
import { WORDS } from "@/features/manage/words";
import { manageLink, pageLink, takeToken } from "@/lib/manage-token";
import { Problem } from "@/lib/problem";
import { COMMON } from "@/lib/words";

/** Everything its owner can do with an announcement, opened by the secret link. */
export function ManagePage() {
  const { id = "" } = useParams();
  return <Managed key={id} id={id} />;
}

function Managed({ id }: { id: string }) {
  const [token] = useState(() => takeToken(id));
  const { query, act, withdraw } = useManaged(id, token);
  const { data, error } = query;
  if (withdraw.isSuccess) return <Closed title={WORDS.withdrawn} text={WORDS.withdrawnText} />;
  if (!token) return <Closed title={WORDS.noToken} text={WORDS.noTokenText} />;
  if (error instanceof Problem && error.status in CLOSED) return CLOSED[error.status];
  if (!data) {
    return (
      <Page>
        {error ? <Trouble error={error} onRetry={() => void query.refetch()} /> : <p>{COMMON.loading}</p>}
      </Page>
    );
  }
  return (
    <Page>
      <h1>{WORDS.title}</h1>
      <p className="lead">{WORDS.private}</p>
      <StatusCard announcement={data} act={act} withdraw={withdraw} />
      <Pictures announcement={data} token={token} act={act} />
      <EditForm announcement={data} act={act} />
      <section className="card">
        <h2>{WORDS.links}</h2>
        <CopyField label={WORDS.page} value={pageLink(id)} />
        <CopyField label={WORDS.manage} value={manageLink(id, token)} />
      </section>
    </Page>
  );
}

const CLOSED: Record<number, ReactNode> = {
  401: <Closed title={WORDS.noToken} text={WORDS.wrongToken} />,
  403: <Closed title={WORDS.noToken} text={WORDS.wrongToken} />,
  404: <Closed title={WORDS.missing} text={WORDS.noTokenText} />,
  410: <Closed title={WORDS.withdrawn} text={WORDS.withdrawnText} />,
};

function Page({ children }: { children: ReactNode }) {
  return (
    <div className="page manage">
      <title>{`${WORDS.title} · ${COMMON.appName}`}</title>
      {children}
    </div>
  );
}

function Closed({ title, text }: { title: string; text: string }) {
  return (
    <Page>
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      <Link className="button button--primary" to="/">
        {WORDS.wayOn}
      </Link>
    </Page>
  );
}

import "@/features/manage/manage.css";
import { type ReactNode, useEffect } from "react";
import { Link, useParams } from "react-router";
import { CopyField } from "@/components/CopyField";
import { Trouble } from "@/components/Trouble";
import { EditForm } from "@/features/manage/EditForm";
import { Messages } from "@/features/manage/Messages";
import { Pictures } from "@/features/manage/pictures/Pictures";
import { Sightings } from "@/features/manage/Sightings";
import { StatusCard } from "@/features/manage/StatusCard";
import { TokenForm } from "@/features/manage/TokenForm";
import { useManaged } from "@/features/manage/use-managed";
import { useToken } from "@/features/manage/use-token";
import { WORDS } from "@/features/manage/words";
import { manageLink, pageLink, settleToken, tokenOf } from "@/lib/manage-token";
import { Problem } from "@/lib/problem";
import { useSightings } from "@/lib/sightings";
import { useArrivalFocus } from "@/lib/use-arrival-focus";
import { COMMON } from "@/lib/words";

const words = WORDS.token;

/** Everything its owner can do with an announcement, opened by the secret link. */
export function ManagePage() {
  const { id = "" } = useParams();
  return <Door key={id} id={id} />;
}

function Door({ id }: { id: string }) {
  const [token, setToken] = useToken(id);
  if (token) return <Managed key={token} id={id} token={token} onToken={setToken} />;
  return (
    <Closed title={words.none} text={words.noneText}>
      <TokenForm kept={null} onToken={setToken} />
    </Closed>
  );
}

interface ManagedProps {
  id: string;
  token: string;
  onToken: (token: string) => void;
}

function Managed({ id, token, onToken }: ManagedProps) {
  const { query, act, withdraw } = useManaged(id, token);
  const { data, error } = query;
  const seen = useSightings(id, { token }); // asked for at once, and waited for: nothing jumps then
  const status = error instanceof Problem ? error.status : null;
  const title = data?.title;
  useEffect(() => {
    if (title !== undefined) settleToken(id, token, title);
  }, [id, token, title]);
  if (withdraw.isSuccess || status === 410) {
    return <Closed title={WORDS.withdrawn} text={WORDS.withdrawnText} isNews={withdraw.isSuccess} />;
  }
  if (status === 404) return <Closed title={WORDS.missing} text={WORDS.missingText} />;
  if (status === 401 || status === 403) {
    const kept = tokenOf(id);
    return (
      <Closed title={words.wrong} text={words.wrongText}>
        <TokenForm kept={kept === token ? null : kept} onToken={onToken} />
      </Closed>
    );
  }
  if (!data || (seen.isPending && !seen.failureCount)) {
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
      <Messages announcement={data} token={token} />
      <Sightings announcement={data} sightings={seen.data} />
      <Pictures announcement={data} token={token} act={act} />
      <EditForm announcement={data} act={act} />
      <section className="card">
        <h2>{WORDS.links}</h2>
        <CopyField label={WORDS.page} value={pageLink(id)} />
        <CopyField label={WORDS.manage} hint={WORDS.manageHint} value={manageLink(id, token)} />
      </section>
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  return (
    <div className="page manage">
      <title>{`${WORDS.title} · ${COMMON.appName}`}</title>
      {children}
    </div>
  );
}

interface ClosedProps {
  title: string;
  text: string;
  isNews?: boolean; // it follows what was just done here, and takes over the focus
  children?: ReactNode;
}

function Closed({ title, text, isNews = false, children }: ClosedProps) {
  const heading = useArrivalFocus<HTMLHeadingElement>(isNews);
  return (
    <Page>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="lead">{text}</p>
      {children}
      <Link className="button" to="/">
        {WORDS.wayOn}
      </Link>
    </Page>
  );
}

import { useState } from "react";
import { Link } from "react-router";
import { ActButton } from "@/components/ActButton";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { FormErrors } from "@/components/FormErrors";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { SignBadge } from "@/components/SignBadge";
import type { useManaged } from "@/features/manage/use-managed";
import { WORDS } from "@/features/manage/words";
import type { OwnAnnouncement } from "@/lib/announcements";
import { signOf } from "@/lib/glyphs";
import { dateOf } from "@/lib/time";

type Managed = ReturnType<typeof useManaged>;

interface StatusCardProps {
  announcement: OwnAnnouncement;
  act: Managed["act"];
  withdraw: Managed["withdraw"];
}

/** Where the announcement is in its life, and the ways on. */
export function StatusCard({ announcement, act, withdraw }: StatusCardProps) {
  const [isAsking, ask] = useState(false);
  const busy = act.isPending || withdraw.isPending;
  const simple = typeof act.variables === "string" ? act.variables : null;
  const confirmed = () => {
    ask(false);
    withdraw.mutate();
  };
  return (
    <section className="card">
      <SignBadge sign={signOf(announcement)} />
      <h2 dir="auto">{announcement.title}</h2>
      <p>{statusText(announcement)}</p>
      {announcement.hidden ? <Notice tone="problem">{WORDS.hidden}</Notice> : null}
      <div className="row">
        <ActButton className="button" off={busy} onClick={() => act.mutate("renew")}>
          {WORDS.renew}
        </ActButton>
        {announcement.status === "active" ? (
          <ActButton className="button button--home" off={busy} onClick={() => act.mutate("reunited")}>
            {WORDS.reunited}
          </ActButton>
        ) : null}
        <ActButton className="button button--danger" off={busy} onClick={() => ask(true)}>
          {WORDS.withdraw}
        </ActButton>
        <Link className="button" to={`/a/${announcement.id}`}>
          {WORDS.openPage}
        </Link>
        {announcement.status === "active" ? (
          <Link className="button" to={`/a/${announcement.id}/poster`}>
            <Icon name="print" />
            {WORDS.poster}
          </Link>
        ) : null}
      </div>
      {simple && act.isSuccess ? (
        <Notice tone="good" isNews>
          {simple === "renew" ? WORDS.renewed : WORDS.reunitedDone}
        </Notice>
      ) : null}
      <FormErrors error={(simple && act.error) || withdraw.error} />
      {isAsking ? (
        <ConfirmDialog
          question={WORDS.withdrawQuestion}
          text={WORDS.withdrawText}
          yes={WORDS.withdrawYes}
          no={WORDS.withdrawNo}
          onYes={confirmed}
          onNo={() => ask(false)}
        />
      ) : null}
    </section>
  );
}

function statusText({ status, expires_at }: OwnAnnouncement): string {
  if (status === "active") return WORDS.status.active(dateOf(expires_at));
  if (status === "reunited") return WORDS.status.reunited(dateOf(expires_at));
  return WORDS.status.expired;
}

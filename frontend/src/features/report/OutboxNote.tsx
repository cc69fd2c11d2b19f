import "@/features/report/report.css";
import { useEffect, useState } from "react";
import { Link, useLocation } from "react-router";
import { deliveriesKept } from "@/lib/kept-deliveries";
import { problemOf, type Report } from "@/features/report/kept-reports";
import { watchNetwork } from "@/features/report/outbox";
import { lastSent, reports } from "@/features/report/report-store";
import { stepToMend } from "@/features/report/steps";
import { addressOf } from "@/features/report/use-steps";
import { WORDS } from "@/features/report/after-words";
import { useStore } from "@/lib/store";

const words = WORDS.note;

/** On every other page: that a report waits here or was refused meanwhile, and that it has been sent. */
export function OutboxNote() {
  const { pathname, search } = useLocation();
  const all = [...useStore(reports).values()];
  const sent = useStore(lastSent);
  const [before] = useState(sent);
  useEffect(watchNetwork, []);
  const isElsewhere = ({ about }: Report) =>
    pathname !== "/report" || new URLSearchParams(search).get("about") !== about;
  const refused = all.find((report) => report.refusal && isElsewhere(report));
  if (refused) return <Note text={words.refused} link={words.why} to={whereToMend(refused)} />;
  const waiting = all.find((report) => report.isWaiting && isElsewhere(report));
  if (waiting) return <Note text={words.waiting} to={addressOf(waiting, 3)} />;
  if (pathname.startsWith("/report")) return null;
  if (sent && sent !== before) return <Note text={words.sent} to={`/report/done/${sent.announcementId}`} />;
  const [delivery] = deliveriesKept();
  return delivery ? <Note text={words.photos} to={`/report/done/${delivery.announcementId}`} /> : null;
}

const whereToMend = (report: Report): string =>
  addressOf(report, stepToMend(report.refusal ? problemOf(report.refusal).errors : []));

function Note({ text, link = words.see, to }: { text: string; link?: string; to: string }) {
  return (
    <p className="outbox-note" role="status">
      {text} <Link to={to}>{link}</Link>
    </p>
  );
}

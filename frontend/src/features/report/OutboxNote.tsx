import "@/features/report/report.css";
import { useEffect, useState } from "react";
import { Link, useLocation } from "react-router";
import { deliveriesKept } from "@/lib/kept-deliveries";
import { watchNetwork } from "@/features/report/outbox";
import { lastSent, report } from "@/features/report/report-store";
import { WORDS } from "@/features/report/after-words";
import { useStore } from "@/lib/store";

const words = WORDS.note;

/** On every other page: that a report waits here for the network, and that it has been sent. */
export function OutboxNote() {
  const { pathname } = useLocation();
  const { isWaiting, kind } = useStore(report);
  const sent = useStore(lastSent);
  const [before] = useState(sent);
  useEffect(watchNetwork, []);
  if (pathname.startsWith("/report")) return null;
  if (isWaiting) return <Note text={words.waiting} to={`/report?kind=${kind}&step=3`} />;
  if (sent && sent !== before) return <Note text={words.sent} to={`/report/done/${sent.announcementId}`} />;
  const [delivery] = deliveriesKept();
  return delivery ? <Note text={words.photos} to={`/report/done/${delivery.announcementId}`} /> : null;
}

function Note({ text, to }: { text: string; to: string }) {
  return (
    <p className="outbox-note" role="status">
      {text} <Link to={to}>{words.see}</Link>
    </p>
  );
}

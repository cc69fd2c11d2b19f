import { useEffect, useState, useSyncExternalStore } from "react";
import { WORDS } from "@/app/words";
import { reachable } from "@/lib/reach";
import { useStore } from "@/lib/store";

const GOOD_NEWS_LASTS = 5_000; // milliseconds

/** Says when there is no network, and when it is back. */
export function OfflineNote() {
  const connected = useSyncExternalStore(subscribe, () => navigator.onLine);
  const online = useStore(reachable) && connected;
  const [wasOffline, setWasOffline] = useState(!online);
  if (!online && !wasOffline) setWasOffline(true);
  useEffect(() => {
    if (!online || !wasOffline) return;
    const timer = setTimeout(() => setWasOffline(false), GOOD_NEWS_LASTS);
    return () => clearTimeout(timer);
  }, [online, wasOffline]);
  return (
    <div role="status">
      {wasOffline ? <p className="offline-note">{online ? WORDS.backOnline : WORDS.offline}</p> : null}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

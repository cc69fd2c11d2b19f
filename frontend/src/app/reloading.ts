const KEY = "reloaded-at";
const PAUSE = 60_000; // milliseconds between two reloads, so that a broken site does not reload for ever

/** A tab may be older than what is on the server, which then has none of its parts any more: load it anew, once. */
export function reloadWhenOutdated(): void {
  window.addEventListener("vite:preloadError", (event) => {
    if (!navigator.onLine || !noteReload()) return;
    event.preventDefault();
    location.reload();
  });
}

function noteReload(now = Date.now()): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY));
    if (now - last < PAUSE) return false;
    sessionStorage.setItem(KEY, String(now));
    return true;
  } catch {
    return false;
  }
}

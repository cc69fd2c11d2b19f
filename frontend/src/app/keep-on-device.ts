/** Until then a slow line has what the person looks at to bring. */
const DELAY = 3_000; // milliseconds

/** Let the browser keep the page for times without a network, once what is looked at has come. */
export function keepOnDevice(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const keep = () => void navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
  const later = () => void setTimeout(keep, DELAY);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}

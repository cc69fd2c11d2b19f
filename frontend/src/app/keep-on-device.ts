/** Let the browser keep the page for times without a network, once everything that is asked for now has come. */
export function keepOnDevice(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const keep = () => void navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(keep);
  if (document.readyState === "complete") whenIdle();
  else window.addEventListener("load", whenIdle, { once: true });
}

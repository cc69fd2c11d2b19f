// Keeps the page on the device, so that it opens without a network. Plain and small on purpose: docs/decisions/0008.
// The build puts the files' names in; everything under /assets is named by its content and never changes.
// When any file has changed, so has this digest, and the browser installs the worker anew: __DIGEST__

const FILES = ["__FILES__"];
const SHELL = "page";
const ANSWERS = "answers";
const SHELL_PAGE = "/index.html";
const MOST_ANSWERS = 40; // of the API: the last announcements
const KEPT = "Homeward-Kept"; // the header of an answer that was kept on the device
const PATIENCE = 4_000; // milliseconds for one of the page's own views, before the kept one is shown

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

async function install() {
  const shell = await caches.open(SHELL);
  const fresh = FILES.map((file) => new Request(file, { cache: isHashed(file) ? "default" : "reload" }));
  await shell.addAll(fresh);
  await self.skipWaiting();
}

/** What an older version kept goes; a tab that still runs it loads itself anew when it misses something. */
async function tidy() {
  const shell = await caches.open(SHELL);
  const kept = new Set(FILES);
  const files = await shell.keys();
  await Promise.all(
    files.filter(({ url }) => !kept.has(new URL(url).pathname)).map((old) => shell.delete(old)),
  );
  await self.clients.claim();
}

/** The answer to what we have something to do with; everything else goes its own way, untouched. */
function answerTo({ request }) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  if (request.headers.has("Authorization")) return null; // what only one person may see is never kept
  if (request.mode === "navigate") return navigation(request, pathname);
  if (isHashed(pathname)) return keptElseFetched(request);
  // What the map shows is kept by the map itself, which says how old it is: features/map/kept-viewports.ts.
  if (pathname === "/api/config" || /^\/api\/announcements\/[^/]+(\/sightings)?$/.test(pathname))
    return fetchedElseKept(request);
  return FILES.includes(pathname) ? fetchedElseOfShell(request) : null;
}

const isHashed = (path) => path.startsWith("/assets/");

/** A page as the network has it; without one, and for the page's own views when it takes long, the kept one. */
async function navigation(request, path) {
  const shell = () => caches.match(SHELL_PAGE);
  if (path.startsWith("/api")) return fetch(request);
  const answered = fetch(request).catch(async (error) => (await shell()) ?? Promise.reject(error));
  return path.startsWith("/a/") ? answered : Promise.race([answered, afterPatience(shell, answered)]);
}

const afterPatience = (shell, answered) =>
  new Promise((resolve) => {
    setTimeout(async () => resolve((await shell()) ?? answered), PATIENCE);
  });

async function keptElseFetched(request) {
  const kept = await caches.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request.url, answer.clone());
  return answer;
}

async function fetchedElseOfShell(request) {
  return fetch(request).catch(async (error) => (await caches.match(request.url)) ?? Promise.reject(error));
}

function marked(answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT, "1");
  return new Response(answer.body, { status: answer.status, headers });
}

/** An answer of the API; the last of them are kept for when there is no network, and those that have gone are not. */
async function fetchedElseKept(request) {
  const answers = await caches.open(ANSWERS);
  const answer = await fetch(request).catch(async (error) => {
    const kept = await answers.match(request.url);
    return kept ? marked(kept) : Promise.reject(error);
  });
  if (answer.headers.has(KEPT)) return answer;
  if (answer.status === 404 || answer.status === 410) await answers.delete(request.url);
  if (answer.status === 200 && !/no-store/.test(answer.headers.get("Cache-Control") ?? "")) {
    await answers.delete(request.url); // so that it becomes the newest
    await answers.put(request.url, answer.clone());
    const all = await answers.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_ANSWERS)).map((old) => answers.delete(old)));
  }
  return answer;
}

// Keeps the page on the device, so that it opens without a network. Plain and small on purpose: docs/decisions/0008.
// The build puts the files' names in; everything under /assets is named by its content and never changes.
// When any file has changed, so has this digest, and the browser installs the worker anew: __DIGEST__

const FILES = ["__FILES__"];
const SHELL = "page";
const ANSWERS = "answers";
const SHELL_PAGE = "/index.html";
const MOST_ANSWERS = 40; // of the API: the last announcements
const KEPT = "Homeward-Kept"; // the header of an answer that was kept on the device
const PATIENCE = 4_000; // milliseconds for one of the page's own views and files, before the kept one is taken

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
function answerTo(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  if (request.headers.has("Authorization")) return null; // what only one person may see is never kept
  if (request.mode === "navigate") return navigation(request, pathname);
  if (isHashed(pathname)) return keptElseFetched(event);
  // What the map shows is kept by the map itself, which says how old it is: features/map/kept-viewports.ts.
  if (pathname === "/api/config" || /^\/api\/announcements\/[^/]+(\/sightings)?$/.test(pathname))
    return fetchedElseKept(event);
  return FILES.includes(pathname) ? fetchedInTime(request, request.url) : null;
}

const isHashed = (path) => path.startsWith("/assets/");

/** What is kept under an address; nothing where the browser keeps nothing. */
const kept = (url, cacheName) => caches.match(url, { cacheName }).catch(() => undefined);

/** A page as the network has it; without one, and for the page's own views when it takes long, the kept one. */
function navigation(request, path) {
  if (path.startsWith("/api")) return fetch(request);
  return path.startsWith("/a/") ? fetchedElse(request, SHELL_PAGE) : fetchedInTime(request, SHELL_PAGE);
}

const fetchedElse = (request, url) =>
  fetch(request).catch(async (error) => (await kept(url, SHELL)) ?? Promise.reject(error));

function fetchedInTime(request, url) {
  const answered = fetchedElse(request, url);
  const late = new Promise((resolve) => {
    setTimeout(async () => resolve((await kept(url, SHELL)) ?? answered), PATIENCE);
  });
  return Promise.race([answered, late]);
}

async function keptElseFetched(event) {
  const { url } = event.request;
  const before = await kept(url, SHELL);
  if (before) return before;
  const answer = await fetch(event.request);
  if (answer.ok) keep(event, SHELL, (shell, copy) => shell.put(url, copy), answer);
  return answer;
}

/** Write what was answered into a cache, after it has been given: a full device spoils no answer. */
function keep(event, cacheName, write, answer) {
  const copy = answer.clone();
  const written = caches.open(cacheName).then((cache) => write(cache, copy));
  event.waitUntil(written.catch(() => undefined));
}

function marked(answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT, "1");
  return new Response(answer.body, { status: answer.status, headers });
}

/** An answer of the API; the last of them are kept for when there is no network, and those that have gone are not. */
async function fetchedElseKept(event) {
  const { url } = event.request;
  const answer = await fetch(event.request).catch(async (error) => {
    const before = await kept(url, ANSWERS);
    return before ? marked(before) : Promise.reject(error);
  });
  if (!answer.headers.has(KEPT)) keep(event, ANSWERS, (answers, copy) => note(answers, url, copy), answer);
  return answer;
}

async function note(answers, url, answer) {
  if (answer.status === 404 || answer.status === 410) await answers.delete(url);
  if (answer.status !== 200 || /no-store/.test(answer.headers.get("Cache-Control") ?? "")) return;
  await answers.delete(url); // so that it becomes the newest
  await answers.put(url, answer);
  const all = await answers.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_ANSWERS)).map((old) => answers.delete(old)));
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const ORIGIN = "https://homeward.example";
const FILES = ["/index.html", "/page.js", "/page.css"];
const SOURCE = readFileSync(join(import.meta.dirname, "..", "src", "service-worker.js"), "utf8");
const WORKER = SOURCE.replace('["__FILES__"]', JSON.stringify(FILES));

interface FetchEvent {
  request: { url: string; method: string; mode: string; headers: Headers };
  respondWith: (answer: Promise<Response>) => void;
  waitUntil: (work: Promise<unknown>) => void;
}

/** What is kept, by the name of its cache and its address; `put` writes there, or fails as on a full device. */
let kept: Map<string, Map<string, Response>>;
let put: (cacheName: string, url: string, answer: Response) => Promise<void>;
let network: (url: string) => Promise<Response>;

const shelf = (name: string) => {
  const found = kept.get(name) ?? new Map<string, Response>();
  kept.set(name, found);
  return found;
};
const address = (url: string) => new URL(url, ORIGIN).href;

const caches = {
  match: async (url: string, { cacheName }: { cacheName?: string } = {}) => {
    const names = cacheName ? [cacheName] : [...kept.keys()];
    return names
      .map((name) => shelf(name).get(address(url)))
      .find(Boolean)
      ?.clone();
  },
  open: async (name: string) => ({
    put: (url: string, answer: Response) => put(name, address(url), answer),
    delete: async (url: string) => shelf(name).delete(address(url)),
    keys: async () => [...shelf(name).keys()],
  }),
};

/** Ask the worker; gives what it answers and the end of what it does meanwhile. */
function ask(path: string, mode = "cors") {
  const listeners = new Map<string, (event: FetchEvent) => void>();
  const self = { addEventListener: (name: string, act: never) => listeners.set(name, act) };
  const fetch = ({ url }: { url: string }) => network(url);
  new Function("self", "caches", "fetch", "location", WORKER)(self, caches, fetch, { origin: ORIGIN });
  const work: Promise<unknown>[] = [];
  let answer: Promise<Response> | undefined;
  listeners.get("fetch")?.({
    request: { url: address(path), method: "GET", mode, headers: new Headers() },
    respondWith: (given) => (answer = given),
    waitUntil: (one) => work.push(one),
  });
  if (!answer) throw new Error(`The worker leaves ${path} alone.`);
  return { text: answer.then((given) => given.text()), done: () => Promise.all(work) };
}

const answers = (text: string, status = 200) => (network = async () => new Response(text, { status }));
const isSilent = () => (network = () => new Promise(() => undefined));
const isFull = () => Promise.reject(new DOMException("full", "QuotaExceededError"));

beforeEach(() => {
  kept = new Map();
  put = async (name, url, answer) => void shelf(name).set(url, answer);
});
afterEach(() => vi.useRealTimers());

const ANNOUNCEMENT = "/api/announcements/a";
const KEPT_IN: [string, string][] = [
  [ANNOUNCEMENT, "answers"],
  ["/assets/index-1a2b.js", "page"],
];

it.each(KEPT_IN)("keeps what was answered: %s", async (path, cacheName) => {
  answers("good");
  const { text, done } = ask(path);
  expect(await text).toBe("good");
  await done();
  expect(await shelf(cacheName).get(address(path))?.text()).toBe("good");
});

it.each(KEPT_IN)("answers where the device is full: %s", async (path) => {
  put = isFull;
  answers("good");
  const { text, done } = ask(path);
  expect(await text).toBe("good");
  await expect(done()).resolves.toBeDefined();
});

it.each(KEPT_IN)("answers without waiting for what is written: %s", async (path) => {
  put = () => new Promise(() => undefined);
  answers("good");
  expect(await ask(path).text).toBe("good");
});

it.each(KEPT_IN)("answers where the browser keeps nothing: %s", async (path) => {
  vi.spyOn(caches, "match").mockImplementation(isFull);
  vi.spyOn(caches, "open").mockImplementation(isFull);
  answers("good");
  const { text, done } = ask(path);
  expect(await text).toBe("good");
  await expect(done()).resolves.toBeDefined();
});

it("forgets an announcement that has gone", async () => {
  shelf("answers").set(address(ANNOUNCEMENT), new Response("before"));
  answers("gone", 410);
  const { text, done } = ask(ANNOUNCEMENT);
  expect(await text).toBe("gone");
  await done();
  expect([...shelf("answers").keys()]).toEqual([]);
});

it.each([
  ["/report", "navigate", "/index.html"],
  ["/page.js", "no-cors", "/page.js"],
])("takes the kept copy when a network that never answers is asked for %s", async (path, mode, file) => {
  vi.useFakeTimers();
  shelf("page").set(address(file), new Response("kept"));
  isSilent();
  const { text } = ask(path, mode);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await text).toBe("kept");
});

it("prefers a newer file to the kept one while the network answers", async () => {
  shelf("page").set(address("/page.js"), new Response("kept"));
  answers("newer");
  expect(await ask("/page.js").text).toBe("newer");
});

it("goes on waiting for a file that is not kept", async () => {
  vi.useFakeTimers();
  network = () => new Promise((resolve) => setTimeout(() => resolve(new Response("late")), 9_000));
  const { text } = ask("/page.js");
  await vi.advanceTimersByTimeAsync(9_000);
  expect(await text).toBe("late");
});

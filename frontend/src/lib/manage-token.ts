import { forget, store, stored, storedKeys } from "@/lib/storage";

const PREFIX = "homeward.manage.";
const key = (id: string) => `${PREFIX}${id}`;

/** An announcement that this device can manage; one key each, so that two tabs never overwrite each other's. */
export interface KeptAnnouncement {
  id: string;
  token: string;
  title?: string;
  /** When it was kept, in ISO 8601; empty for those that were kept before it was noted. */
  kept_at: string;
}

/** What the device could not keep lasts as long as the page does, by the announcement's id. */
const memory = new Map<string, string>();

export const tokenOf = (id: string): string | null => keptOf(id)?.token ?? null;

/** Tell whether an announcement's token is on the device, and not only in this page. */
export const isOnDevice = (id: string): boolean => !memory.has(id) && stored(key(id)) !== null;

export function forgetToken(id: string): void {
  memory.delete(id);
  forget(key(id));
}

/** Keep a token on the device, else in this page, with the title that lists show; tells whether the device has it. */
export function keepToken(id: string, token: string, title?: string): boolean {
  const before = keptOf(id);
  const same = before?.token === token ? before : null;
  const kept_at = same?.kept_at || new Date().toISOString();
  const text = JSON.stringify({ token, title: title ?? same?.title, kept_at });
  const isKept = store(key(id), text);
  if (isKept) memory.delete(id);
  else memory.set(id, text);
  return isKept;
}

/** Note the title of what is kept; nothing where there is nothing, or nothing new. */
export function noteTitle(id: string, title: string): void {
  const kept = keptOf(id);
  if (kept && kept.title !== title) keepToken(id, kept.token, title);
}

/** What this device can manage, newest first. */
export function keptAnnouncements(): KeptAnnouncement[] {
  const onDevice = storedKeys(PREFIX).map((name) => name.slice(PREFIX.length));
  const ids = new Set([...onDevice, ...memory.keys()]);
  const kept = [...ids].map(keptOf).filter((one) => one !== null);
  return kept.sort((a, b) => b.kept_at.localeCompare(a.kept_at));
}

function keptOf(id: string): KeptAnnouncement | null {
  const text = memory.get(id) ?? stored(key(id));
  if (!text) return null;
  if (!text.startsWith("{")) return { id, token: text, kept_at: "" }; // as it was kept once: the token alone
  try {
    const { token, title, kept_at } = JSON.parse(text) as Record<string, unknown>;
    if (typeof token !== "string" || !token) return null;
    return { id, token, ...(typeof title === "string" && { title }), kept_at: String(kept_at ?? "") };
  } catch {
    return null;
  }
}

/** The secret link: the token is in the fragment, which no browser sends to a server. */
export function manageLink(id: string, token: string): string {
  return `${window.location.origin}/manage/${encodeURIComponent(id)}#${token}`;
}

export function pageLink(id: string): string {
  return `${window.location.origin}/a/${encodeURIComponent(id)}`;
}

/** The token in the address, else the one on the device. */
export const givenToken = (id: string): string | null => tokenIn(window.location.hash) || tokenOf(id);

/** Keep a token that has opened its announcement; once kept, it leaves the address bar.
 *
 * Not before: a link that was cut on its way must not take the place of the right one.
 */
export function settleToken(id: string, token: string, title: string): void {
  if (keepToken(id, token, title) && window.location.hash) {
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }
}

/** What is behind the # sign; a link that was cut or mangled on its way is no reason to break. */
export function tokenIn(link: string): string {
  const part = link.slice(link.indexOf("#") + 1).trim();
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

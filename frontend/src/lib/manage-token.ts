import { forget, store, stored } from "@/lib/storage";

const key = (id: string) => `homeward.manage.${id}`;

export const tokenOf = (id: string): string | null => stored(key(id));
export const keepToken = (id: string, token: string): boolean => store(key(id), token);
export const forgetToken = (id: string): void => forget(key(id));

/** The secret link: the token is in the fragment, which no browser sends to a server. */
export function manageLink(id: string, token: string): string {
  return `${window.location.origin}/manage/${encodeURIComponent(id)}#${token}`;
}

export function pageLink(id: string): string {
  return `${window.location.origin}/a/${encodeURIComponent(id)}`;
}

/** Find the token in the address or on the device; once kept, it leaves the address bar. */
export function takeToken(id: string): string | null {
  const token = decodeURIComponent(window.location.hash.slice(1));
  if (!token) return tokenOf(id);
  if (keepToken(id, token)) {
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }
  return token;
}

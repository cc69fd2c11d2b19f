import type { Client } from "openapi-fetch";
import type { paths } from "@/lib/api-types";

type Values = Readonly<Record<string, unknown>>;

interface Options {
  params?: { path?: Values; query?: Values };
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

const JSON_BODY = { "Content-Type": "application/json" };

/** openapi-fetch in what we need of it, with its types: a fifth of its size, in what everybody loads first. */
async function send(method: string, path: string, options: Options = {}) {
  const { params = {}, headers, body, signal } = options;
  const request = new Request(addressOf(path, params), {
    method,
    headers: body === undefined ? headers : { ...JSON_BODY, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  const response = await globalThis.fetch(request);
  const read = await contentOf(response);
  return response.ok ? { data: read, response } : { error: read, response };
}

function addressOf(path: string, { path: parts = {}, query = {} }: NonNullable<Options["params"]>): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name])));
  const address = new URL(filled, window.location.origin);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) address.searchParams.set(name, String(value));
  return address;
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    if (response.ok) throw new TypeError("The answer is not JSON.");
    return text;
  }
}

const METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE"] as const;

/** The API, typed by its document. */
export const client = Object.fromEntries(
  METHODS.map((method) => [method, (path: string, options?: Options) => send(method, path, options)]),
) as unknown as Pick<Client<paths>, (typeof METHODS)[number]>;

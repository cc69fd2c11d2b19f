import { vi } from "vitest";

export interface Call {
  method: string;
  path: string;
  search: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | "unreachable";
type Route = (call: Call) => Answer | Promise<Answer>;

const CONFIG = {
  stage: "test",
  tiles: null,
  pictures: { max_count: 10, max_bytes: 40_000_000, types: [] },
  lifetime_days: { default: 90 },
};

/** Answer the page's requests by "METHOD /path"; returns every call it made. */
export function serve(routes: Record<string, Route>): Call[] {
  const calls: Call[] = [];
  const all: Record<string, Route> = { "GET /api/config": () => ({ body: CONFIG }), ...routes };
  vi.stubGlobal("fetch", async (request: Request | string) => {
    if (typeof request === "string") throw new TypeError("no such file here");
    const { pathname: path, searchParams: search } = new URL(request.url);
    const text = await request.text();
    const { method, headers } = request;
    const call = { method, path, search, headers, body: text ? JSON.parse(text) : undefined };
    calls.push(call);
    return toResponse(
      (await all[`${method} ${path}`]?.(call)) ?? { status: 404, body: { title: "Not found" } },
    );
  });
  return calls;
}

function toResponse(answer: Answer): Response {
  if (answer === "unreachable") throw new TypeError("Failed to fetch");
  const { status = 200, body, headers } = answer;
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
}

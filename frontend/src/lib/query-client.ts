import { QueryClient } from "@tanstack/react-query";
import { Problem } from "@/lib/problem";

const RETRIES = 2; // of what may pass by itself: no network, a busy or failing server

export const queryClient = new QueryClient({
  defaultOptions: {
    // "always": without a network we say so at once, instead of waiting silently for it
    queries: {
      networkMode: "always",
      retry: (failures, error) => failures < RETRIES && mayPass(error),
      staleTime: 5_000,
    },
    mutations: { networkMode: "always" },
  },
});

function mayPass(error: unknown): boolean {
  return !(error instanceof Problem) || error.status >= 500 || error.status === 429;
}

export const KEYS = {
  viewports: ["viewport"] as const,
  announcement: (id: string) => ["announcement", id] as const,
  sightings: (id: string) => ["sightings", id] as const,
  managed: (id: string) => ["managed", id] as const,
  config: ["config"] as const,
};

/** After a write of our own: everything that shows the announcement is asked for anew. */
export function refresh(id: string): void {
  void queryClient.invalidateQueries({ queryKey: KEYS.viewports });
  void queryClient.invalidateQueries({ queryKey: KEYS.announcement(id) });
  void queryClient.invalidateQueries({ queryKey: KEYS.managed(id) });
}

import { useQuery } from "@tanstack/react-query";
import type { Announcement } from "@/lib/announcements";
import { answer, bearer, of } from "@/lib/api";
import { client } from "@/lib/http";
import { nearbyIn } from "@/lib/nearby";
import { KEYS } from "@/lib/query-client";

const SIGHTINGS = "/api/announcements/{announcement_id}/sightings";

/** Nobody is asked to say where a found animal was seen. */
export const maySee = ({ kind }: Announcement): boolean => kind !== "found";

interface Question {
  /** Its owner reads on when nobody else may. */
  token?: string;
  enabled?: boolean;
}

/** What was seen of an animal since it was announced, newest first. */
export function useSightings(id: string, { token, enabled }: Question) {
  const headers = token ? bearer(token) : undefined;
  return useQuery({
    queryKey: KEYS.sightings(id),
    queryFn: () => answer(client.GET(SIGHTINGS, { ...of(id), headers })),
    enabled,
    select: nearbyIn,
  });
}

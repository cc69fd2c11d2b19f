import { useQuery } from "@tanstack/react-query";
import type { Announcement } from "@/lib/announcements";
import { answer, bearer, of } from "@/lib/api";
import { client } from "@/lib/http";
import { type Nearby, nearbyIn } from "@/lib/nearby";
import { KEYS } from "@/lib/query-client";

const SIGHTINGS = "/api/announcements/{announcement_id}/sightings";

/** Nobody is asked to say where a found animal was seen. */
export const maySee = ({ kind }: Announcement): boolean => kind !== "found";

/** What was seen of an animal since it was announced, newest first; its owner reads it when nobody else may. */
export function useSightings(announcement: Announcement, token?: string): readonly Nearby[] | undefined {
  const { id } = announcement;
  const headers = token ? bearer(token) : undefined;
  const { data } = useQuery({
    queryKey: KEYS.sightings(id),
    queryFn: () => answer(client.GET(SIGHTINGS, { ...of(id), headers })),
    enabled: maySee(announcement),
    select: nearbyIn,
  });
  return data;
}

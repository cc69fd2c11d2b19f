import { useMutation, useQuery } from "@tanstack/react-query";
import type { OwnAnnouncement, AnnouncementChanges } from "@/lib/announcements";
import { forgetChanges } from "@/features/manage/kept-changes";
import { api } from "@/lib/api";
import { dropDelivery } from "@/lib/kept-deliveries";
import { forgetToken } from "@/lib/manage-token";
import { noteOwnAnnouncement, noteOwnChange } from "@/lib/own-changes";
import { KEYS, queryClient, refresh } from "@/lib/query-client";

const LOOK_AGAIN = 2_000; // milliseconds, while a picture is being prepared

/** A change tells which part of the page it comes from, so that its outcome is told there. */
export type Act = "renew" | "reunited" | { of: "words" | "pictures"; changes: AnnouncementChanges };

/** An announcement as its owner sees it, and everything the owner can do with it. */
export function useManaged(id: string, token: string) {
  const key = [...KEYS.managed(id), token]; // what one token opened proves nothing of another
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.ownAnnouncement(id, token),
    refetchOnWindowFocus: "always", // another tab may have changed it a second ago
    refetchInterval: ({ state }) =>
      state.data?.pictures.some((picture) => picture.state === "waiting") ? LOOK_AGAIN : false,
  });
  const act = useMutation({
    mutationFn: (what: Act) => perform(id, token, what),
    onSuccess: (after) => {
      noteOwnAnnouncement(after);
      queryClient.setQueryData(key, after);
    },
    onSettled: () => refresh(id),
  });
  const withdraw = useMutation({
    mutationFn: () => api.withdraw(id, token),
    onSuccess: () => {
      forgetToken(id);
      forgetChanges(id);
      void dropDelivery(id);
      noteOwnChange(id, null);
      refresh(id);
    },
  });
  return { query, act, withdraw };
}

function perform(id: string, token: string, what: Act): Promise<OwnAnnouncement> {
  if (what === "renew") return api.renew(id, token);
  if (what === "reunited") return api.reunited(id, token);
  return api.change(id, token, what.changes);
}

import { useMutation, useQuery } from "@tanstack/react-query";
import { type Message, messages } from "@/lib/messages";
import { queryClient } from "@/lib/query-client";

const LOOK_AGAIN = 30_000; // milliseconds, while the page is looked at

/** The messages about an announcement, and the marking of one as read. */
export function useMessages(id: string, token: string) {
  const key = ["messages", id];
  const query = useQuery({
    queryKey: key,
    queryFn: () => messages.list(id, token),
    refetchInterval: LOOK_AGAIN,
  });
  const read = useMutation({
    mutationFn: (messageId: string) => messages.read(id, messageId, token),
    onSuccess: (marked) => {
      const mark = (all?: Message[]) => all?.map((one) => (one.id === marked.id ? marked : one));
      queryClient.setQueryData<Message[]>(key, mark);
    },
  });
  return { query, read };
}

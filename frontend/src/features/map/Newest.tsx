import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Line } from "@/features/map/AnnouncementList";
import type { Filters } from "@/features/map/filters";
import { readNewest } from "@/features/map/read-newest";
import { WORDS } from "@/features/map/words";
import { Trouble } from "@/components/Trouble";
import { KEYS } from "@/lib/query-client";

interface NewestProps {
  bbox: string;
  filters: Filters;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
}

/** What is counted on the map one by one, newest first: nobody has to zoom until nothing is counted any more. */
export function Newest(props: NewestProps) {
  return (
    <ul className="announcements" aria-label={WORDS.list}>
      <Part {...props} cursor={null} />
    </ul>
  );
}

/** One page of it, and behind its button the rest. */
function Part({ cursor, ...props }: NewestProps & { cursor: string | null }) {
  const { bbox, filters, highlighted, onHighlight } = props;
  const [hasMore, setMore] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: [...KEYS.viewports, "newest", bbox, filters, cursor],
    queryFn: ({ signal }) => readNewest(bbox, filters, cursor, signal),
    staleTime: 60_000,
  });
  return (
    <>
      {cursor ? <Older /> : null}
      {data?.pins.map((pin) => (
        <Line key={pin.id} pin={pin} highlighted={pin.id === highlighted} onHighlight={onHighlight} />
      ))}
      {data ? null : (
        <li>
          {error ? <Trouble error={error} onRetry={() => void refetch()} /> : <span className="skeleton" />}
        </li>
      )}
      {data?.next && hasMore ? <Part {...props} cursor={data.next} /> : null}
      {data?.next && !hasMore ? (
        <li className="results__way">
          <button type="button" className="button" onClick={() => setMore(true)}>
            {WORDS.older}
          </button>
        </li>
      ) : null}
    </>
  );
}

/** Where a further page begins: whoever asked for it goes on reading here. */
function Older() {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => line.current?.focus(), []);
  return (
    <li className="results__note" tabIndex={-1} ref={line}>
      {WORDS.olderFollow}
    </li>
  );
}

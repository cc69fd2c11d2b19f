import { SightingList } from "@/components/SightingList";
import { WORDS } from "@/features/manage/words";
import type { OwnAnnouncement } from "@/lib/announcements";
import type { Nearby } from "@/lib/nearby";
import { maySee } from "@/lib/sightings";

const words = WORDS.sightings;

interface SightingsProps {
  announcement: OwnAnnouncement;
  sightings: readonly Nearby[] | undefined;
}

/** Where others saw the animal; there is no such place for one that was found. */
export function Sightings({ announcement, sightings }: SightingsProps) {
  if (!maySee(announcement) || !sightings) return null;
  return (
    <section className="card" aria-labelledby="sightings">
      <h2 id="sightings">{words.title}</h2>
      {sightings.length ? <SightingList sightings={sightings} /> : <p>{words.none}</p>}
    </section>
  );
}

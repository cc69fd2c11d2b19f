import { SpeciesIcon } from "@/components/Icon";
import type { Species } from "@/lib/announcements";

interface ThumbnailProps {
  source: string | null;
  species: Species;
  colour?: string | null;
}

/** The small square picture of an announcement, or its animal while there is none; the text beside it says the rest. */
export function Thumbnail({ source, species, colour }: ThumbnailProps) {
  return (
    <span className="thumbnail" style={source && colour ? { backgroundColor: colour } : undefined}>
      {source ? (
        <img src={source} alt="" width={160} height={160} loading="lazy" decoding="async" />
      ) : (
        <SpeciesIcon species={species} size={36} />
      )}
    </span>
  );
}

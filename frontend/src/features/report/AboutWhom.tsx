import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { Thumbnail } from "@/components/Thumbnail";
import { WORDS } from "@/features/report/words";
import { api } from "@/lib/api";
import type { Draft } from "@/lib/draft";
import { KEYS } from "@/lib/query-client";

interface AboutWhomProps {
  id: string;
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
  onOther?: () => void;
}

/** Whom a sighting is about; what is known of it need not be filled in again. */
export function AboutWhom({ id, draft, onChange, onOther }: AboutWhomProps) {
  const { data } = useQuery({ queryKey: KEYS.announcement(id), queryFn: () => api.announcement(id) });
  const species = data?.species;
  const fill = useEffectEvent((known: Draft["species"]) => {
    if (!draft.species) onChange({ species: known });
  });
  useEffect(() => {
    if (species) fill(species);
  }, [species]);
  if (!data) return null;
  const cover = data.pictures.find(({ state }) => state === "ready");
  return (
    <div className="about-whom">
      <Thumbnail source={cover?.renditions?.["160"] ?? null} species={data.species} colour={cover?.colour} />
      <p>
        {WORDS.about.title}
        <strong dir="auto">{data.title}</strong>
      </p>
      {onOther ? (
        <button type="button" className="link-button" onClick={onOther}>
          {WORDS.about.otherwise}
        </button>
      ) : null}
    </div>
  );
}

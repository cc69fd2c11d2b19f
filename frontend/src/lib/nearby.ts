import type { FeatureCollection } from "@/lib/announcements";
import { isCluster, markOf, type Pin } from "@/lib/pins";

/** An announcement with its distance from what was asked about. */
export interface Nearby extends Pin {
  metres: number;
}

/** Read single announcements that come with their distance. */
export function nearbyIn({ features }: FeatureCollection): Nearby[] {
  return features.flatMap((feature) => {
    const mark = markOf(feature);
    const { distance } = feature.properties as { distance?: number };
    return mark && !isCluster(mark) ? [{ ...mark, metres: distance ?? 0 }] : [];
  });
}

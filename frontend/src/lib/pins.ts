import type { FeatureCollection, Kind, Species, Status } from "@/lib/announcements";
import type { Box } from "@/lib/bounds";
import type { LatLon } from "@/lib/map-view";

type Feature = FeatureCollection["features"][number];

/** An announcement as the map and the list show it. */
export interface Pin extends LatLon {
  id: string;
  kind: Kind;
  species: Species;
  title: string;
  eventAt: string;
  status: Status;
  thumbnail: string | null;
  colour: string | null;
}

/** One mark that stands for many announcements; `bounds` is where to zoom to. */
export interface Cluster extends LatLon {
  id: string;
  count: number;
  kinds: Partial<Record<Kind, number>>;
  bounds: Box;
  thumbnail: string | null;
}

export const isCluster = (mark: Pin | Cluster): mark is Cluster => "count" in mark;

/** Read a feature of the API's GeoJSON; null for one that the page does not know how to show. */
export function markOf(feature: Feature): Pin | Cluster | null {
  const properties = feature.properties as Record<string, unknown>;
  const [longitude, latitude] = feature.geometry.coordinates as unknown[];
  if (typeof longitude !== "number" || typeof latitude !== "number") return null;
  const place = { latitude, longitude };
  return properties.cluster
    ? clusterOf(properties, place)
    : pinOf("id" in feature ? feature.id : "", properties, place);
}

function clusterOf(properties: Record<string, unknown>, place: LatLon): Cluster {
  const { count, kinds, bounds, thumbnail } = properties as unknown as Cluster;
  return { id: `cluster ${bounds.join()}`, count, kinds, bounds, thumbnail: thumbnail ?? null, ...place };
}

function pinOf(id: string, properties: Record<string, unknown>, place: LatLon): Pin {
  const { kind, species, title, status, thumbnail, colour } = properties as unknown as Pin;
  const eventAt = String(properties.event_at);
  return {
    id,
    kind,
    species,
    title,
    status,
    eventAt,
    thumbnail: thumbnail ?? null,
    colour: colour ?? null,
    ...place,
  };
}

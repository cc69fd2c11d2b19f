import type { CreatedAnnouncement, OwnAnnouncement, Picture } from "@/lib/announcements";
import type { Cluster, Pin } from "@/lib/pins";

export const ID = "abcdefghijklmnopqrst";
export const TOKEN = "the-manage-token";

/** An announcement as its owner sees it; say only what matters. */
export function announcement(changes: Partial<OwnAnnouncement> = {}): OwnAnnouncement {
  return {
    id: ID,
    kind: "found",
    species: "dog",
    title: "Brown dog",
    text: "By the park",
    event_at: "2026-11-20T18:30:00Z",
    public_place: { latitude: 50.0612, longitude: 19.9387, blur: "street" },
    place: { latitude: 50.06119, longitude: 19.93871, blur: "street" },
    contact: { name: null, email: "owner@example.org", phone: null },
    secret_mark: null,
    hidden: false,
    link: null,
    about: null,
    source: null,
    status: "active",
    published_at: "2026-11-20T18:40:00Z",
    expires_at: "2027-02-18T18:40:00Z",
    pictures: [],
    ...changes,
  };
}

export const created = (): CreatedAnnouncement => ({ ...announcement(), manage_token: TOKEN });

export function picture(changes: Partial<Picture> = {}): Picture {
  const address = (size: number) => `/renditions/p1/d-${size}.webp`;
  const renditions = { "160": address(160), "640": address(640), "1600": address(1600) };
  return { id: "p1", state: "ready", width: 4000, height: 3000, colour: "#887766", renditions, ...changes };
}

export function pin(changes: Partial<Pin> = {}): Pin {
  return {
    id: ID,
    kind: "found",
    species: "dog",
    title: "Brown dog",
    eventAt: "2026-11-20T18:30:00Z",
    status: "active",
    thumbnail: null,
    colour: null,
    latitude: 50.0612,
    longitude: 19.9387,
    ...changes,
  };
}

export function cluster(changes: Partial<Cluster> = {}): Cluster {
  const bounds: Cluster["bounds"] = changes.bounds ?? [19.6875, 49.921875, 20.0390625, 50.09765625];
  return {
    id: `cluster ${bounds.join()}`,
    count: 41,
    kinds: { lost: 12, found: 29 },
    bounds,
    thumbnail: null,
    latitude: 50.06,
    longitude: 19.94,
    ...changes,
  };
}

export function clusterFeature({ latitude, longitude, count, kinds, bounds, thumbnail }: Cluster) {
  const properties = { cluster: true, count, kinds, bounds, thumbnail };
  return { type: "Feature", geometry: { type: "Point", coordinates: [longitude, latitude] }, properties };
}

export function feature({ id, latitude, longitude, eventAt, ...rest }: Pin) {
  const properties = { ...rest, event_at: eventAt, published_at: eventAt };
  return { type: "Feature", id, geometry: { type: "Point", coordinates: [longitude, latitude] }, properties };
}

/** What was seen of an animal, with how far away in metres. */
export function sightings(...seen: readonly (Partial<Pin> & { distance: number })[]) {
  const features = seen.map(({ distance, ...changes }) => {
    const { properties, ...place } = feature(pin({ kind: "sighting", ...changes }));
    return { ...place, properties: { ...properties, distance } };
  });
  return { type: "FeatureCollection", numberReturned: features.length, links: [], features };
}

/** What is answered where there are many: clusters, and single announcements among them. */
export function summary(clusters: readonly Cluster[], pins: readonly Pin[] = [], delay = 60) {
  const features = [...clusters.map(clusterFeature), ...pins.map(feature)];
  const counted = { datetime: "../..", delay_seconds: delay };
  return { type: "FeatureCollection", numberReturned: features.length, links: [], features, counted };
}

export function collection(pins: readonly Pin[], next?: string) {
  const links = next ? [{ rel: "next", href: next, type: "application/geo+json" }] : [];
  return { type: "FeatureCollection", numberReturned: pins.length, links, features: pins.map(feature) };
}

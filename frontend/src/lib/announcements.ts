import type { components } from "@/lib/api-types";

/** The API's shapes under the names that the page uses. */
type Schemas = components["schemas"];

/** An announcement as everybody sees it; its owner, by the manage token, sees the rest of it as well. */
export type Announcement = Schemas["AnnouncementOut"];
export type OwnAnnouncement = Schemas["OwnAnnouncement"];
export type CreatedAnnouncement = Schemas["NewAnnouncement"];
export type AnnouncementBody = Schemas["AnnouncementIn"];
export type AnnouncementChanges = Schemas["AnnouncementPatch"];
export type Config = Schemas["PageConfig"];
export type FeatureCollection = Schemas["FeatureCollection"];
export type Kind = Schemas["Kind"];
export type NewVersion = Schemas["NewVersion"];
export type OwnPicture = Schemas["OwnPicture"];
export type Picture = Schemas["PictureOut"];
export type PictureSlot = Schemas["PictureSlot"];
export type PictureType = NonNullable<Schemas["PictureRequest"]["content_type"]>;
export type Similar = Schemas["Similar"];
export type Species = Schemas["Species"];
export type Status = Schemas["Status"];
export type Version = Schemas["VersionOut"];

export const KINDS: readonly Kind[] = ["lost", "found", "sighting"];
export const SPECIES: readonly Species[] = [
  "dog",
  "cat",
  "bird",
  "rabbit",
  "small_mammal",
  "reptile",
  "other",
];
export const PICTURE_TYPES: readonly PictureType[] = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/avif",
  "image/heic",
  "image/heif",
];

import type {
  Announcement,
  AnnouncementBody,
  AnnouncementChanges,
  Config,
  CreatedAnnouncement,
  FeatureCollection,
  NewVersion,
  OwnAnnouncement,
  OwnPicture,
  Picture,
  PictureSlot,
  PictureType,
} from "@/lib/announcements";
import { client } from "@/lib/http";
import { Problem, Unreachable } from "@/lib/problem";
import { KEPT, noteReach } from "@/lib/reach";

export interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Give the data of a successful answer; throw Problem or Unreachable otherwise. */
export async function answer<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    noteReach(false);
    throw new Unreachable();
  });
  noteReach(!response.headers.has(KEPT));
  if (!response.ok) throw new Problem(response.status, isMembers(error) ? error : {}, pauseOf(response));
  return data as Data;
}

const pauseOf = ({ headers }: Response): number | null => Number(headers.get("Retry-After")) || null;

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
export const of = (id: string) => ({ params: { path: { announcement_id: id } } });
export const ofPicture = (id: string) => ({ params: { path: { picture_id: id } } });

export interface ViewportQuery {
  bbox: string;
  /** Without it nothing is counted together. */
  zoom?: number;
  datetime?: string;
  kind?: string;
  species?: string;
  limit?: number;
  cursor?: string;
}

export interface NearQuery {
  near: string;
  radius: number;
  datetime?: string;
  kind?: string;
  species?: string;
  limit?: number;
}

export const api = {
  config: (): Promise<Config> => answer(client.GET("/api/config")),

  announcements: (query: ViewportQuery, signal?: AbortSignal): Promise<FeatureCollection> =>
    answer(client.GET("/api/announcements", { params: { query }, signal })) as Promise<FeatureCollection>,

  near: (query: NearQuery, signal?: AbortSignal): Promise<FeatureCollection> =>
    answer(client.GET("/api/announcements", { params: { query }, signal })) as Promise<FeatureCollection>,

  announcement: (id: string): Promise<Announcement> =>
    answer(client.GET("/api/announcements/{announcement_id}", of(id))),

  ownAnnouncement: (id: string, token: string): Promise<OwnAnnouncement> =>
    answer(
      client.GET("/api/announcements/{announcement_id}", { ...of(id), headers: bearer(token) }),
    ) as Promise<OwnAnnouncement>,

  create: (body: AnnouncementBody, idempotencyKey: string): Promise<CreatedAnnouncement> =>
    answer(client.POST("/api/announcements", { body, headers: { "Idempotency-Key": idempotencyKey } })),

  change: (id: string, token: string, body: AnnouncementChanges): Promise<OwnAnnouncement> =>
    answer(client.PATCH("/api/announcements/{announcement_id}", { ...of(id), body, headers: bearer(token) })),

  renew: (id: string, token: string): Promise<OwnAnnouncement> =>
    answer(client.POST("/api/announcements/{announcement_id}/renew", { ...of(id), headers: bearer(token) })),

  reunited: (id: string, token: string): Promise<OwnAnnouncement> =>
    answer(
      client.POST("/api/announcements/{announcement_id}/reunited", { ...of(id), headers: bearer(token) }),
    ),

  withdraw: (id: string, token: string): Promise<unknown> =>
    answer(client.DELETE("/api/announcements/{announcement_id}", { ...of(id), headers: bearer(token) })),

  requestPicture: (id: string, token: string, contentType?: PictureType): Promise<PictureSlot> =>
    answer(
      client.POST("/api/announcements/{announcement_id}/pictures", {
        ...of(id),
        body: { content_type: contentType },
        headers: bearer(token),
      }),
    ),

  picture: (id: string): Promise<Picture> => answer(client.GET("/api/pictures/{picture_id}", ofPicture(id))),

  ownPicture: (id: string, token: string): Promise<OwnPicture> =>
    answer(
      client.GET("/api/pictures/{picture_id}", { ...ofPicture(id), headers: bearer(token) }),
    ) as Promise<OwnPicture>,

  turn: (id: string, token: string): Promise<NewVersion> =>
    answer(
      client.POST("/api/pictures/{picture_id}/rotate", {
        ...ofPicture(id),
        body: { quarter_turns: 1 },
        headers: bearer(token),
      }),
    ),
};

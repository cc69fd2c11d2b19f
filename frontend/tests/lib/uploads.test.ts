import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownChanges } from "@/lib/own-changes";
import { type Upload, uploadPhoto, useUpload } from "@/lib/uploads";
import { announcement, ID, picture, TOKEN } from "../builders";
import { serve } from "../server";

const PHOTO = new Blob(["photo"], { type: "image/webp" });
const SLOT = {
  id: "p1",
  expires_at: "2099-01-01T00:00:00Z",
  upload: { url: "http://localhost/uploads", fields: { key: "originals/p1", policy: "signed" } },
};

let sent: FormData[];
let uploadStatus: number; // 0: the connection breaks
let isStalled: boolean; // half of it leaves, and nothing is heard any more

class FakeUploadRequest {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 0;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  open = () => undefined;
  abort = () => this.onabort?.();
  send = (form: FormData) => {
    sent.push(form);
    this.upload.onprogress?.({ loaded: 1, total: 2 });
    if (isStalled) return;
    this.status = uploadStatus;
    queueMicrotask(() => (uploadStatus ? this.onload?.() : this.onerror?.()));
  };
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 });
  sent = [];
  uploadStatus = 204;
  isStalled = false;
  vi.stubGlobal("XMLHttpRequest", FakeUploadRequest);
});
afterEach(() => vi.useRealTimers());

const routes = (states: readonly ReturnType<typeof picture>[]) => {
  const left = [...states];
  return serve({
    [`POST /api/announcements/${ID}/pictures`]: () => ({ status: 201, body: SLOT }),
    "GET /api/pictures/p1": () => ({ body: left.length > 1 ? left.shift() : left[0] }),
    [`GET /api/announcements/${ID}`]: () => ({ body: announcement({ pictures: [picture()] }) }),
  });
};

/** What a person presses where a photo has failed; it arrives this time. */
async function sendAgain(result: { current: Upload | undefined }): Promise<void> {
  if (result.current?.phase !== "failed") throw new Error("It should have failed.");
  await result.current.retry?.();
  await waitFor(() => expect(result.current).toEqual({ phase: "ready", similar: [] }));
}

describe("a photo on its way", () => {
  it("is posted with the fields first and the file last, then followed until it is ready", async () => {
    const calls = routes([picture({ state: "waiting", renditions: undefined }), picture()]);
    await uploadPhoto(ID, TOKEN, PHOTO);
    expect([...(sent[0]?.keys() ?? [])]).toEqual(["key", "policy", "file"]);
    expect(calls[0]?.body).toEqual({ content_type: "image/webp" });
    expect(calls[0]?.headers.get("Authorization")).toBe(`Bearer ${TOKEN}`);
    expect(renderHook(() => useUpload(ID)).result.current).toEqual({ phase: "ready", similar: [] });
    expect(ownChanges.get().get(ID)?.pin?.thumbnail).toBe("/renditions/p1/d-160.webp");
  });

  it("tells who shows the same photo, which only its owner may know", async () => {
    const similar = [{ announcement_id: "x", title: "Rex", kind: "lost", thumbnail: null, distance_m: 9 }];
    const calls = serve({
      [`POST /api/announcements/${ID}/pictures`]: () => ({ status: 201, body: SLOT }),
      "GET /api/pictures/p1": ({ headers }) => ({
        body: headers.get("Authorization") === `Bearer ${TOKEN}` ? { ...picture(), similar } : picture(),
      }),
      [`GET /api/announcements/${ID}`]: () => ({ body: announcement() }),
    });
    await uploadPhoto(ID, TOKEN, PHOTO);
    expect(renderHook(() => useUpload(ID)).result.current).toEqual({ phase: "ready", similar });
    expect(calls.filter(({ path }) => path === "/api/pictures/p1")).toHaveLength(2);
  });

  it("tells why it was refused", async () => {
    routes([picture({ state: "refused", reason: "It is not a picture.", renditions: undefined })]);
    await uploadPhoto(ID, TOKEN, PHOTO);
    const { result } = renderHook(() => useUpload(ID));
    expect(result.current).toEqual({ phase: "refused", reason: "It is not a picture." });
  });

  it.each([403, 404, 409, 410, 422])("is not tried again after a clear no (%i)", async (status) => {
    serve({ [`POST /api/announcements/${ID}/pictures`]: () => ({ status, body: { detail: "No." } }) });
    await uploadPhoto(ID, TOKEN, PHOTO);
    const { result } = renderHook(() => useUpload(ID));
    expect(result.current).toEqual({ phase: "failed", message: "No.", retry: undefined });
  });

  it.each([408, 429, 500, 503])("can be tried again after %i", async (status) => {
    serve({ [`POST /api/announcements/${ID}/pictures`]: () => ({ status }) });
    await uploadPhoto(ID, TOKEN, PHOTO);
    const { result } = renderHook(() => useUpload(ID));
    expect(result.current).toMatchObject({ phase: "failed", retry: expect.any(Function) });
  });

  it("is sent by another form when the time of the first is over", async () => {
    const calls = routes([picture()]);
    uploadStatus = 403;
    await uploadPhoto(ID, TOKEN, PHOTO);
    const { result } = renderHook(() => useUpload(ID));
    uploadStatus = 204;
    await sendAgain(result);
    expect(calls.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  it("is stopped when no byte has left for 30 seconds, and sent again to the same place when asked", async () => {
    const calls = routes([picture()]);
    isStalled = true;
    const sending = uploadPhoto(ID, TOKEN, PHOTO);
    const { result } = renderHook(() => useUpload(ID));
    await waitFor(() => expect(result.current).toEqual({ phase: "sending", part: 0.5 }));
    await vi.advanceTimersByTimeAsync(30_000);
    await sending;
    await waitFor(() => expect(result.current).toMatchObject({ phase: "failed" }));
    expect(result.current).toMatchObject({ message: expect.stringContaining("cannot be reached") });
    isStalled = false;
    await sendAgain(result);
    expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(sent).toHaveLength(2);
  });

  it("is kept when the connection breaks, and sent again to the same place when asked", async () => {
    const calls = routes([picture()]);
    uploadStatus = 0;
    await uploadPhoto(ID, TOKEN, PHOTO);
    const { result } = renderHook(() => useUpload(ID));
    uploadStatus = 204;
    await sendAgain(result);
    expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(sent).toHaveLength(2);
  });
});

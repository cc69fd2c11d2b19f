import { expect, it } from "vitest";
import { api } from "@/lib/api";
import { Problem, Unreachable } from "@/lib/problem";
import { announcement } from "../builders";
import { serve } from "../server";

it("fills the path, leaves out what is undefined, and asks with what it was given", async () => {
  const calls = serve({ "GET /api/announcements": () => ({ body: { features: [] } }) });
  await api.announcements({ bbox: "1,2,3,4", zoom: 5, kind: undefined });
  expect(String(calls[0]?.search)).toBe("bbox=1%2C2%2C3%2C4&zoom=5");
});

it("sends JSON with the token and the key of its sender", async () => {
  const calls = serve({ "PATCH /api/announcements/a": () => ({ body: announcement() }) });
  await api.change("a", "secret", { title: "Grey dog" });
  expect(calls[0]?.headers.get("Authorization")).toBe("Bearer secret");
  expect(calls[0]?.headers.get("Content-Type")).toBe("application/json");
  expect(calls[0]?.body).toEqual({ title: "Grey dog" });
});

it("tells a refusal from no answer, and takes an empty answer for none", async () => {
  serve({
    "GET /api/announcements/gone": () => ({
      status: 410,
      body: { detail: "This announcement was withdrawn." },
    }),
    "GET /api/announcements/away": () => "unreachable",
    "DELETE /api/announcements/a": () => ({ status: 204 }),
  });
  await expect(api.announcement("gone")).rejects.toBeInstanceOf(Problem);
  await expect(api.announcement("away")).rejects.toBeInstanceOf(Unreachable);
  await expect(api.withdraw("a", "secret")).resolves.toBeUndefined();
});

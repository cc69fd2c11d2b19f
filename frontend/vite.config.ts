import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { gazetteer } from "./scripts/gazetteer/plugin.ts";
import { OLDEST_BROWSERS, oldestBrowsers } from "./scripts/oldest-browsers.ts";
import { stableNames } from "./scripts/stable-names.ts";

/** Where the API answers while the page is being written; `make dev` sets it. */
const apiUrl = process.env.API_URL ?? "http://127.0.0.1:8000";
const fromApi = { target: apiUrl, changeOrigin: false };

export default defineConfig({
  plugins: [react(), stableNames(), gazetteer(), oldestBrowsers()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: process.env.HOST ?? "127.0.0.1",
    port: Number(process.env.PORT ?? 5173),
    strictPort: true,
    proxy: { "^/api(/|$)": fromApi, "^/a/": fromApi, "^/uploads(/|$)": fromApi, "^/renditions/": fromApi },
  },
  build: { target: OLDEST_BROWSERS, manifest: true },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    restoreMocks: true,
    maxWorkers: 2, // the smallest machines have two cores, and one would stand idle
  },
});

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import react from "@vitejs/plugin-react";
import type { Plugin, Rolldown, ViteDevServer } from "vite";

/** What the page of an announcement needs besides the entry; asked for together with it. */
const OF_AN_ANNOUNCEMENT = "src/features/announcement/index.ts";
const STYLES = ["/src/app/tokens.css", "/src/app/base.css", "/src/components/controls.css"];
/** Large files that few need are kept when they are used, all others at once. */
const KEPT_AT_ONCE = /^(?!.*(gazetteer|places)).*\.(js|css|html|svg|png|webmanifest)$|land-110m/;
const ENTRY_TAG = /<script type="module" crossorigin src="([^"]+)"><\/script>/;
const FIRST_SCRIPT = '<script src="/page.js"></script>\n    <link rel="modulepreload" crossorigin href="$1">';
/** What is painted first comes first over a slow line. */
const HINT = 'rel="modulepreload" crossorigin';

/**
 * Files under names that never change, for what cannot know the hashed ones: /page.js, which starts every page, with
 * /page.css for the API's HTML, and /service-worker.js, which keeps the page on the device.
 */
export function stableNames(): Plugin {
  let out = "";
  let publicDir = "";
  return {
    name: "stable-names",
    enforce: "post",
    configResolved(config) {
      out = join(config.root, config.build.outDir);
      publicDir = config.publicDir;
    },
    configureServer: serveInDevelopment,
    generateBundle(_options, bundle) {
      this.emitFile({ type: "asset", fileName: "page.js", source: pageScript(bundle) });
      this.emitFile({ type: "asset", fileName: "page.css", source: pageStyle(bundle) });
    },
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle }) =>
        bundle ? html.replace(ENTRY_TAG, FIRST_SCRIPT).replaceAll(HINT, `${HINT} fetchpriority="low"`) : html,
    },
    writeBundle(_options, bundle) {
      const built = Object.keys(bundle).filter((file) => !file.startsWith("."));
      const files = [...built, ...filesIn(publicDir)].filter((file) => KEPT_AT_ONCE.test(file)).sort();
      writeFileSync(join(out, "service-worker.js"), workerFor(out, files));
    },
  };
}

type Bundle = Rolldown.OutputBundle;

const chunksOf = (bundle: Bundle) => Object.values(bundle).filter((file) => file.type === "chunk");

function entryOf(bundle: Bundle): Rolldown.OutputChunk {
  const entry = chunksOf(bundle).find((chunk) => chunk.isEntry);
  if (!entry) throw new Error("The build has no entry.");
  return entry;
}

function pageScript(bundle: Bundle): string {
  const entry = entryOf(bundle);
  const page = chunksOf(bundle).find((chunk) => chunk.facadeModuleId?.endsWith(OF_AN_ANNOUNCEMENT));
  if (!page) throw new Error(`The build has no ${OF_AN_ANNOUNCEMENT}.`);
  return filled(source("page.js"), {
    '"__ENTRY__"': `/${entry.fileName}`,
    '["__NEEDED__"]': withImports(entry),
    '["__NEEDED_BY_AN_ANNOUNCEMENT__"]': withImports(entry, page),
  });
}

const withImports = (...chunks: Rolldown.OutputChunk[]) => [
  ...new Set(chunks.flatMap((chunk) => [chunk.fileName, ...chunk.imports]).map((file) => `/${file}`)),
];

const source = (name: string) => readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8");

/** A script with the values of what the build alone knows. */
function filled(script: string, values: Record<string, unknown>): string {
  return Object.entries(values).reduce((text, [place, value]) => {
    if (!text.includes(place)) throw new Error(`There is no ${place} to fill in.`);
    return text.replace(place, JSON.stringify(value));
  }, script);
}

function pageStyle(bundle: Bundle): string {
  const imported = (entryOf(bundle) as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata;
  const sources = [...(imported?.importedCss ?? [])].map((file) => bundle[file]);
  const style = sources.map((file) => (file?.type === "asset" ? String(file.source) : "")).join("\n");
  if (!style) throw new Error("The entry has no CSS.");
  return style;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => relative(folder, join(file.parentPath, file.name)));

function workerFor(out: string, files: string[]): string {
  const worker = source("service-worker.js");
  const digest = createHash("sha256").update(worker);
  for (const file of files) digest.update(file).update(readFileSync(join(out, file)));
  return filled(worker, {
    __DIGEST__: digest.digest("hex").slice(0, 12),
    '["__FILES__"]': files.map((file) => `/${file}`),
  });
}

/** The development server answers the same names with what it serves itself. */
function serveInDevelopment(server: ViteDevServer): void {
  const script = `${react.preambleCode.replaceAll("__BASE__", "/")}\nawait import("/@vite/client");\nawait import("/src/main.tsx");\n`;
  const style = STYLES.map((file) => `@import "${file}?direct";\n`).join("");
  const answers: Record<string, [string, string]> = {
    "/page.js": ["text/javascript", script],
    "/page.css": ["text/css", style],
  };
  server.middlewares.use((request, response, next) => {
    const answer = answers[request.url ?? ""];
    if (!answer) return next();
    response.setHeader("Content-Type", answer[0]);
    response.end(answer[1]);
  });
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { geonames } from "./geonames.ts";
import { makeFiles } from "./make.ts";

const MODULE = "virtual:gazetteer";
const FOLDER = "assets/gazetteer-";
const DEV = "dev";

/** Gives the page `virtual:gazetteer`, the address of the gazetteer's folder, named by what is in it. */
export function gazetteer(): Plugin {
  let files: Map<string, string> | undefined;
  let isBuild = false;
  const made = () => (files ??= makeFiles(geonames(), polishNames()));
  return {
    name: "gazetteer",
    configResolved: ({ command }) => void (isBuild = command === "build"),
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) =>
      id === `\0${MODULE}` ? `export default "/${FOLDER}${isBuild ? digest(made()) : DEV}/";` : null,
    generateBundle() {
      const folder = FOLDER + digest(made());
      for (const [name, source] of made())
        this.emitFile({ type: "asset", fileName: `${folder}/${name}.json`, source });
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${FOLDER}${DEV}/`, (request, response, next) => {
        const text = made().get(/^\/(\w+)\.json$/.exec(request.url ?? "")?.[1] ?? "");
        if (text === undefined) return next();
        response.setHeader("Content-Type", "application/json");
        response.end(text);
      });
    },
  };
}

function polishNames(): string[] {
  const file = new URL("scripts/gazetteer/polish-names.txt", `file://${process.cwd()}/`);
  return readFileSync(file, "utf8").trim().split("\n");
}

function digest(files: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const [name, text] of files) hash.update(name).update(text);
  return hash.digest("hex").slice(0, 8);
}

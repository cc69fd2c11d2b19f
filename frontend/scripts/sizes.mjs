// Prints what a visitor downloads, gzipped, and fails when a part has outgrown its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist)));
const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/** The scripts of a chunk and of everything it imports statically. */
function scripts(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) scripts(imported, seen);
  return seen;
}

const first = scripts("index.html");
const added = (key) => [...scripts(key)].filter((chunk) => !first.has(chunk));
const parts = [
  ["first JavaScript", [...first], 115],
  ["map chunk", added("src/components/PetMap.tsx"), 60],
  ["report chunk", added("src/features/report/index.ts"), 30],
  ["announcement chunk", added("src/features/announcement/index.ts"), 30],
  ["poster chunk", added("src/features/poster/index.ts"), 30],
  ["info chunk", added("src/features/info/index.ts"), 10],
  ["manage chunk", added("src/features/manage/index.ts"), 30],
];

let tooBig = false;
for (const [name, chunks, budget] of parts) {
  const size = chunks.reduce((total, chunk) => total + gzipped(manifest[chunk].file), 0) / KB;
  tooBig ||= size > budget;
  console.log(
    `${name.padEnd(20)} ${size.toFixed(1).padStart(6)} KB gzipped of ${budget}${size > budget ? "  TOO BIG" : ""}`,
  );
}
process.exitCode = tooBig ? 1 : 0;

// One picture through sharp in this process, with the same outputs and settings as worker.py; one thread.
import fs from "node:fs";
import sharp from "sharp";

const settings = { quality: 80, effort: 2 };
sharp.concurrency(1);
sharp.cache(false);

async function shrunk(source, ...size) {
  const { data, info } = await source.resize(...size).raw().toBuffer({ resolveWithObject: true });
  return () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

const data = fs.readFileSync(process.argv[2]);
const started = process.cpuUsage();
const inside = { fit: "inside", withoutEnlargement: true };
const full = await shrunk(sharp(data).autoOrient().flatten({ background: "#fff" }), 1600, 1600, inside);
const card = await shrunk(full(), 640, 640, inside);
const thumbnail = await shrunk(card(), 160, 160);
const outputs = [await full().jpeg({ quality: 80 }).toBuffer()];
for (const image of [full, card, thumbnail]) outputs.push(await image().webp(settings).toBuffer());
const { user, system } = process.cpuUsage(started);
const bytes = outputs.reduce((sum, output) => sum + output.length, 0);
console.log(JSON.stringify({ ms: (user + system) / 1000, bytes }));

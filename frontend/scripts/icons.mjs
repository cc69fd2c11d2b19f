// Draws the icons of the installed page from public/favicon.svg, with Chromium: node scripts/icons.mjs
// Run it after a change of the drawing, and commit what it writes to public/icons.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const icons = new URL("../public/icons/", import.meta.url);
const drawing = readFileSync(new URL("../public/favicon.svg", import.meta.url), "utf8");
const GREEN = "#2f6b1f"; // of the drawing's own ground
const SAFE = 0.72; // of a maskable icon's width: what no system cuts off

/** The drawing alone, with its round corners; or on a full ground, for systems that cut a shape of their own. */
const page = (size, full) => {
  const side = full ? Math.round(size * SAFE) : size;
  return `<style>html,body{margin:0;height:100%}body{display:grid;place-items:center;${full ? `background:${GREEN}` : ""}}
    svg{display:block;width:${side}px;height:${side}px}</style>${drawing}`;
};

async function draw(browser, name, size, full) {
  const tab = await browser.newPage({ viewport: { width: size, height: size } });
  await tab.setContent(page(size, full));
  writeFileSync(new URL(`${name}.png`, icons), await tab.screenshot({ omitBackground: true }));
  await tab.close();
}

mkdirSync(icons, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
await draw(browser, "180", 180, true);
await draw(browser, "192", 192, false);
await draw(browser, "512", 512, false);
await draw(browser, "maskable-512", 512, true);
await browser.close();

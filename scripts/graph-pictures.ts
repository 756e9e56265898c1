/**
 * The pictures of docs/graphs.md, taken of the real page: `npm run pictures:graphs -- LOGDIR RUN`, where the run has a graph
 * and run metadata. Writes docs/pictures/graphs*.png.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startServer } from "tsboard/server";
import { launch } from "./chromium.ts";
import { walk } from "./graph-walk.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
const [logdir, run, open = ""] = process.argv.slice(2);
if (!logdir || !run) throw new Error("usage: npm run pictures:graphs -- LOGDIR RUN [SCOPES]");
mkdirSync(folder, { recursive: true });
const server = await startServer({ logdir, port: 0 });
await server.loaded;
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
const page = await context.newPage();
const drawn = page.locator(
  'canvas.graph-canvas[data-moving="false"]:not([data-boxes="0"]):not([data-boxes="-1"])',
);
const take = async (name: string): Promise<void> => {
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}${name}.png` });
  console.log(`docs/pictures/${name}.png`);
};
await page.goto(`${server.url}#graphs?graph_run=${run}&graph_open=${open}`);
await drawn.waitFor();
await take("graphs");
await page.goto(`${server.url}#graphs?graph_run=${run}`);
await page.reload();
await drawn.waitFor();
const { clicks } = await walk(page, ({ name }) => take(name));
console.log(`${clicks} clicks`);
await browser.close();
await server.close();

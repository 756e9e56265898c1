/**
 * The pictures of docs/examples.md: `npm run pictures:examples [-- NAME…]` runs the examples and takes each one's
 * picture of the real page. Logs stay in logs/pictures/<name>: where they are there already, nothing is trained.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { startServer } from "tsboard/server";
import { serveWebPage } from "../examples/web-page/serve.ts";
import { launch, WITH_WEBGL } from "./chromium.ts";
import { wordVectors } from "./projector-views.ts";
import { type Picture, takePicture } from "./take-picture.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

type View = Pick<Picture, "view" | "height"> & Partial<Pick<Picture, "width" | "ready" | "act">>;

/** A graph that is drawn and does not move. */
const GRAPH = 'canvas.graph-canvas[data-moving="false"]:not([data-boxes="0"]):not([data-boxes="-1"])';

/** By the example's folder: its view, and the height that its charts need. */
const views: Readonly<Record<string, View>> = {
  mnist: {
    view: "#scalars?tag_filter=accuracy/v&smoothing=0.6&wide=accuracy/validation",
    height: 634,
  },
  "plain-loop": { view: "#scalars?tag_filter=loss&smoothing=0.9&wide=loss", height: 634 },
  lenet5: { view: "#scalars?tag_filter=epoch_(acc|loss)&smoothing=0", height: 410 },
  "inception-v3": {
    view: "#graphs?graph_run=forward&graph_step=forward&graph_colour=time&graph_panel=table",
    height: 700,
    ready: GRAPH,
    act: async (page) => {
      await page.locator('[role="row"][aria-rowindex="4"] .data-name').click();
      await page.waitForTimeout(500);
      await page.locator(GRAPH).waitFor();
      await page.waitForTimeout(1_500);
    },
  },
  "transfer-learning": {
    view: "#scalars?tag_filter=epoch_accuracy&run_filter=(transfer|scratch)/validation&smoothing=0&wide=epoch_accuracy",
    height: 634,
  },
  "language-model": { view: "#scalars?tag_filter=perplexity&log_y=1&smoothing=0", height: 410 },
  "word-vectors": wordVectors,
  sweep: { view: "#scalars?tag_filter=accuracy&smoothing=0&wide=accuracy/validation", height: 634 },
  tfrecord: { view: "#scalars?smoothing=0&wide=reading/digits_per_second", height: 634 },
  "v1-graph": { view: "#scalars?tag_filter=loss_function", height: 410 },
  "web-page": { view: "#scalars?tag_filter=loss&smoothing=0.9&wide=loss", height: 634 },
};

/** Runs an example to its end, into a folder of its own. */
async function train(name: string, logdir: string, browser: Browser): Promise<void> {
  if (name === "web-page") return trainInPage(logdir, browser);
  const program = path.join(root, "examples", name, "main.ts");
  const args = [...process.execArgv, program, "--no-server", "--logdir", logdir];
  execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });
}

async function trainInPage(logdir: string, browser: Browser): Promise<void> {
  const served = await serveWebPage({ logdir, steps: 1000, port: 0 });
  const page = await browser.newPage();
  await page.goto(served.page);
  await page.getByText(/Done|Failed/).waitFor({ timeout: 300_000 });
  await page.close();
  await served.close();
}

const names = process.argv.slice(2);
const folder = path.join(root, "docs", "pictures", path.sep);
mkdirSync(folder, { recursive: true });
const browser = await launch(WITH_WEBGL);
for (const [name, view] of Object.entries(views)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const logdir = path.join(root, "logs", "pictures", name);
  if (!existsSync(logdir)) await train(name, logdir, browser);
  const server = await startServer({ logdir, port: 0 });
  await server.loaded;
  const picture: Picture = { name: `example-${name}`, width: 1000, scheme: "light", scale: 1, ...view };
  await takePicture(browser, server.url, picture, folder);
  await server.close();
}
await browser.close();

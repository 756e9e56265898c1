/**
 * The projector's page: `npm run bench:projector-page [rows] [columns]`, default 100,000 x 200. From opening the page to PCA
 * on the screen, pictures a second while the points are turned, neighbours of a point, and UMAP; beside stock
 * TensorBoard's page in the same browser, in turns, where it is installed. WebGL is drawn in software.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { createFileWriter } from "tsboard";
import { launch, WITH_WEBGL } from "../scripts/chromium.ts";
import { bar, median, millis, ratios, report, seconds } from "./tools/report.ts";
import { type MeasuredServer, startTensorBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const ROUNDS = 3;
const TURN_MILLIS = 4000;
const UMAP_ROWS = 10_000;
/** Large vectors take minutes on a busy machine. */
const PATIENCE = 300_000;
const [rows = 100_000, columns = 200] = process.argv.slice(2).map(Number);
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));

/** Twenty kinds of points around centres of their own. */
async function makeRun(name: string, count: number): Promise<void> {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const centres = Float32Array.from({ length: 20 * columns }, () => 2 * random());
  const vectors = new Float32Array(count * columns);
  for (let row = 0; row < count; row++)
    for (let d = 0; d < columns; d++)
      vectors[row * columns + d] = centres[(row % 20) * columns + d]! + random();
  const writer = createFileWriter(path.join(logdir, name, "run"));
  writer.scalar("loss", 1, { step: 0 });
  const kinds = Array.from({ length: count }, (_, row) => `kind ${row % 20}`);
  await writer.projector(name, vectors, { shape: [count, columns], metadata: kinds });
  await writer.close();
}

interface Figures {
  /** Milliseconds from opening to PCA on the screen. */
  readonly pca: number[];
  /** Pictures a second while turning. */
  readonly frames: number[];
  /** Milliseconds of a UMAP. */
  readonly umap: number[];
}

/** Turns the points under the pointer for a while; gives pictures a second. */
async function turn(page: Page): Promise<number> {
  const { width, height } = page.viewportSize()!;
  const [x, y] = [width * 0.45, height * 0.55];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counting = page.evaluate(async (time) => {
    const start = performance.now();
    let pictures = 0;
    while (performance.now() - start < time) {
      await new Promise(requestAnimationFrame);
      pictures++;
    }
    return (1000 * pictures) / (performance.now() - start);
  }, TURN_MILLIS);
  let done = false;
  const finished = counting.finally(() => {
    done = true;
  });
  for (let i = 0; !done; i++) await page.mouse.move(x + 60 * Math.sin(i / 9), y + 40 * Math.cos(i / 7));
  await page.mouse.up();
  return finished;
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE);
  // What tsx puts around named functions, which are run in the page here.
  await page.addInitScript("globalThis.__name ??= (named) => named;");
  return page;
}

async function openOurs(page: Page, server: MeasuredServer, run: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${server.url}#projector?p_run=${run}/run&p_tensor=${run}`);
  await page.locator('.pj-points[data-view="pca"]').waitFor();
  return performance.now() - start;
}

/** Stock's page without the frame around it, which would take time of its own. */
async function openStock(page: Page, server: MeasuredServer): Promise<number> {
  const start = performance.now();
  await page.goto(`${server.url}data/plugin/projector/projector_binary.html`);
  await page.waitForFunction(stockShows, undefined, { polling: 100 });
  return performance.now() - start;
}

/** In stock's page: whether its projection is PCA. */
function stockShows(): boolean {
  const search = (root: ParentNode): Element | null => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "vz-projector") return element;
      const found = element.shadowRoot ? search(element.shadowRoot) : null;
      if (found) return found;
    }
    return null;
  };
  const projector = search(document);
  const projection: unknown = projector && Reflect.get(projector, "projection");
  return (
    typeof projection === "object" &&
    projection !== null &&
    Reflect.get(projection, "projectionType") === "pca"
  );
}

/** Neighbours of some points, milliseconds each, in the worker and back. */
async function neighbours(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (const row of [11, 22, 33, 44, 55]) {
    await page.getByLabel("Search points").fill(`kind ${row % 20}`);
    await page
      .getByRole("list", { name: "Points found" })
      .getByRole("button")
      .nth(row % 5)
      .click();
    await page.locator("[data-millis]").waitFor();
    await page.waitForTimeout(1500);
    times.push(Number(await page.locator("[data-millis]").getAttribute("data-millis")));
  }
  return times;
}

async function umapOurs(page: Page): Promise<number> {
  await page.getByText("UMAP", { exact: true }).first().click();
  const start = performance.now();
  const run = page.getByRole("button", { name: /^Run/ });
  if (await run.isVisible()) await run.click();
  await page.locator('.pj-points[data-view="umap"]').waitFor();
  await page.getByRole("button", { name: "Run again" }).waitFor();
  return performance.now() - start;
}

/** Stock's own run of UMAP, of the 5,000 points that it takes. */
async function umapStock(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const search = (root: ParentNode): Element | null => {
          for (const element of root.querySelectorAll("*")) {
            if (element.localName === "vz-projector") return element;
            const found = element.shadowRoot ? search(element.shadowRoot) : null;
            if (found) return found;
          }
          return null;
        };
        const projector = search(document);
        const dataSet: unknown = projector && Reflect.get(projector, "dataSet");
        if (typeof dataSet !== "object" || dataSet === null) return reject(new Error("no data set"));
        const project: unknown = Reflect.get(dataSet, "projectUmap");
        if (typeof project !== "function") return reject(new Error("no UMAP"));
        const start = performance.now();
        let last = start;
        Reflect.apply(project, dataSet, [3, 15, 0.1, () => (last = performance.now())]);
        // It calls back after each picture and says nothing at the end.
        const timer = setInterval(() => {
          if (last === start || performance.now() - last < 4000) return;
          clearInterval(timer);
          resolve(last - start);
        }, 200);
      }),
  );
}

try {
  await makeRun("all", rows);
  await makeRun("some", UMAP_ROWS);
  const ours = await startTsboard(logdir);
  await untilLoaded(ours);
  const stock = await startTensorBoard(path.join(logdir, "all"));
  const stockSome = await startTensorBoard(path.join(logdir, "some"));
  const browser = await launch(WITH_WEBGL);
  const mine: Figures = { pca: [], frames: [], umap: [] };
  const theirs: Figures = { pca: [], frames: [], umap: [] };
  let near: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await newPage(browser);
    mine.pca.push(await openOurs(page, ours, "all"));
    await page.waitForTimeout(1500);
    mine.frames.push(await turn(page));
    if (round === 0) near = await neighbours(page);
    await page.close();
    if (!stock) continue;
    const other = await newPage(browser);
    theirs.pca.push(await openStock(other, stock));
    await other.waitForTimeout(1500);
    theirs.frames.push(await turn(other));
    await other.close();
  }
  const page = await newPage(browser);
  await openOurs(page, ours, "some");
  mine.umap.push(await umapOurs(page));
  await page.close();
  if (stockSome) {
    const other = await newPage(browser);
    await openStock(other, stockSome);
    theirs.umap.push(await umapStock(other));
    await other.close();
  }
  await browser.close();
  await Promise.all([ours.stop(), stock?.stop(), stockSome?.stop()]);
  const row = (who: string, { pca, frames, umap }: Figures, points: string) => [
    who,
    seconds(median(pca)),
    median(frames).toFixed(1),
    umap.length > 0 ? `${seconds(median(umap))} (${points})` : "",
  ];
  report("projector-page", {
    title: "The projector's page",
    how: `${rows} vectors of ${columns} dimensions in Chromium without a graphics card; medians of ${ROUNDS} rounds in turns.`,
    header: ["", "opened, PCA on screen", "pictures a second, turning", "UMAP"],
    rows: [
      row("tsboard", mine, "10,000 points"),
      ...(stock ? [row("TensorBoard", theirs, "5,000 of 10,000")] : []),
    ],
    notes: [
      bar("neighbours of a point", median(near), 50, millis),
      ...(stock
        ? [
            bar("opening, tsboard / TensorBoard", median(mine.pca) / median(theirs.pca), 1 / 3, (share) =>
              share.toFixed(2),
            ),
            `turning, tsboard / TensorBoard: ${ratios(mine.frames.map((n, i) => n / theirs.frames[i]!))}; bar 3`,
            bar("UMAP, tsboard / TensorBoard", median(mine.umap) / median(theirs.umap), 1, (share) =>
              share.toFixed(2),
            ),
          ]
        : ["TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it"]),
    ],
  });
} finally {
  rmSync(logdir, { recursive: true, force: true });
}

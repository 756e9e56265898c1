/**
 * The projector's page: `npm run bench:projector-page [rows] [columns]`, default 100,000 x 200. From opening the page to PCA
 * on the screen, pictures a second while the points are turned, neighbours of a point, and UMAP; beside stock
 * TensorBoard's page in the same browser, in turns, where it is installed. WebGL is drawn in software.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { createFileWriter } from "tsboard";
import { launch, WITH_WEBGL } from "../scripts/chromium.ts";
import { bar, median, megabytes, millis, ratios, report, seconds } from "./tools/report.ts";
import { type MeasuredServer, startTensorBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const ROUNDS = 2;
const TURN_MILLIS = 4000;
const UMAP_ROWS = 10_000;
const MOST_ROWS = 1_000_000;
/** Whatever takes longer than this is given up, and said. */
const PATIENCE = 180_000;
const [rows = 100_000, columns = 200] = process.argv.slice(2).map(Number);
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));

/** Twenty kinds of points around centres of their own. */
async function makeRun(name: string, count: number, columns: number): Promise<void> {
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

/** What a person opens is the whole page; the projector alone, without the frame around it, takes a little less. */
const WHOLE = "#projector";
const ALONE = "data/plugin/projector/projector_binary.html";

async function openStock(page: Page, server: MeasuredServer, what: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${server.url}${what}`);
  await page.waitForFunction(`(${FIND})()?.projection?.projectionType === "pca"`, undefined, {
    polling: 100,
  });
  return performance.now() - start;
}

/** In stock's page: its projector, wherever it is. */
const FIND = `function find(root = document) {
  for (const element of root.querySelectorAll("*")) {
    if (element.localName === "vz-projector") return element;
    const inside = element.shadowRoot ?? element.contentDocument;
    const found = inside && find(inside);
    if (found) return found;
  }
  return null;
}`;

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
  return page.evaluate(`new Promise((resolve, reject) => {
    const start = performance.now();
    setTimeout(() => reject(new Error("stock's UMAP takes too long")), ${PATIENCE});
    (${FIND})().dataSet.projectUmap(3, 15, 0.1, () => {}).then(() => resolve(performance.now() - start), reject);
  })`);
}

/** Bytes that the page's process has for itself: heap, typed arrays and WebAssembly of the page and its workers. */
async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      return 1024 * Number(/Private_Dirty:\s+(\d+)/.exec(rollup)?.[1]);
    });
  return Math.max(...sizes);
}

/** The longest task of the page's thread while a UMAP of all points runs, and how long that took. */
async function umapOfAll(page: Page): Promise<{ readonly time: number; readonly longest: number }> {
  await page.evaluate(`globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ entryTypes: ["longtask"] });`);
  const time = await umapOurs(page);
  return { time, longest: await page.evaluate("globalThis.longest") };
}

/** One page after the other; a page that takes too long is left out, and said. */
async function onPage<T>(
  browser: Browser,
  what: string,
  work: (page: Page) => Promise<T>,
): Promise<T | null> {
  const page = await newPage(browser);
  try {
    return await work(page);
  } catch (error) {
    failures.push(`${what}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
    return null;
  } finally {
    await page.close();
  }
}

const failures: string[] = [];
/** What is found is printed at once: a run that is broken off has said what it knows. */
function tell(who: string, figure: string): void {
  console.log(`${who}: ${figure}`);
}
const found = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
const shown = (values: readonly number[], show: (value: number) => string): string =>
  values.length > 0 ? show(median(values)) : "";
const perSecond = (value: number): string => value.toFixed(1);

try {
  await makeRun("all", rows, columns);
  await makeRun("some", UMAP_ROWS, columns);
  await makeRun("million", MOST_ROWS, 50);
  const ours = await startTsboard(logdir);
  await untilLoaded(ours);
  const stock = await startTensorBoard(path.join(logdir, "all"));
  const stockSome = await startTensorBoard(path.join(logdir, "some"));
  const browser = await launch(WITH_WEBGL);
  const mine: Figures = { pca: [], frames: [], umap: [] };
  const theirs: Figures = { pca: [], frames: [], umap: [] };
  const alone: number[] = [];
  let near: number[] = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await onPage(browser, "tsboard", async (page) => {
      await page.goto(`${ours.url}#scalars`);
      await page.waitForTimeout(1000);
      const before = await memoryOf(browser);
      mine.pca.push(await openOurs(page, ours, "all"));
      await page.waitForTimeout(1500);
      mine.frames.push(await turn(page));
      tell("tsboard", `${seconds(mine.pca.at(-1)!)}, ${perSecond(mine.frames.at(-1)!)} pictures a second`);
      if (round > 0) return;
      memory = (await memoryOf(browser)) - before;
      near = await neighbours(page);
      tell("tsboard", `neighbours ${near.map(millis).join(", ")}; memory ${megabytes(memory)}`);
    });
    if (!stock) continue;
    await onPage(browser, "TensorBoard", async (page) => {
      theirs.pca.push(await openStock(page, stock, WHOLE));
      await page.waitForTimeout(1500);
      theirs.frames.push(await turn(page));
      tell(
        "TensorBoard",
        `${seconds(theirs.pca.at(-1)!)}, ${perSecond(theirs.frames.at(-1)!)} pictures a second`,
      );
    });
    await onPage(browser, "TensorBoard's projector alone", async (page) => {
      alone.push(await openStock(page, stock, ALONE));
      tell("TensorBoard's projector alone", seconds(alone.at(-1)!));
    });
  }
  const million = await onPage(browser, "tsboard, a million", async (page) => {
    const opened = await openOurs(page, ours, "million");
    await page.waitForTimeout(1500);
    const frames = await turn(page);
    tell("a million", `${seconds(opened)}, ${perSecond(frames)} pictures a second`);
    return { opened, frames };
  });
  mine.umap.push(
    ...found([
      await onPage(browser, "UMAP, tsboard", async (page) => {
        await openOurs(page, ours, "some");
        const time = await umapOurs(page);
        tell("UMAP, tsboard", seconds(time));
        return time;
      }),
    ]),
  );
  if (stockSome)
    theirs.umap.push(
      ...found([
        await onPage(browser, "UMAP, TensorBoard", async (page) => {
          await openStock(page, stockSome, WHOLE);
          const time = await umapStock(page);
          tell("UMAP, TensorBoard", seconds(time));
          return time;
        }),
      ]),
    );
  const whole = await onPage(browser, "UMAP of all", async (page) => {
    await openOurs(page, ours, "all");
    const one = await umapOfAll(page);
    tell("UMAP of all", `${seconds(one.time)}, longest task ${millis(one.longest)}`);
    return one;
  });
  await browser.close();
  await Promise.all([ours.stop(), stock?.stop(), stockSome?.stop()]);
  const count = rows.toLocaleString("en");
  report("projector-page", {
    title: "The projector's page",
    how: `${count} vectors of ${columns} dimensions in Chromium without a graphics card, from opening the page to the components on the screen; medians of ${ROUNDS} rounds in turns.`,
    header: ["", "opened, PCA on screen", "pictures a second, turning", "UMAP"],
    rows: [
      [
        "tsboard",
        shown(mine.pca, seconds),
        shown(mine.frames, perSecond),
        `${shown(mine.umap, seconds)} (10,000 points)`,
      ],
      ...(stock
        ? [
            [
              "TensorBoard",
              shown(theirs.pca, seconds),
              shown(theirs.frames, perSecond),
              theirs.umap.length > 0 ? `${shown(theirs.umap, seconds)} (5,000 of 10,000)` : "not finished",
            ],
            ["TensorBoard's projector alone, without its page", shown(alone, seconds), "", ""],
          ]
        : []),
      [
        "tsboard, 1,000,000 × 50",
        million ? seconds(million.opened) : "",
        million ? perSecond(million.frames) : "",
        "",
      ],
    ],
    notes: [
      bar("neighbours of a point", median(near), 50, millis),
      `memory of the page's process after PCA and turning, less what it had before, for each byte of vectors: ${(memory / (4 * rows * columns)).toFixed(2)} (bar 3)`,
      whole
        ? `UMAP of all ${count}: ${seconds(whole.time)}; longest task of the page's thread ${millis(whole.longest)} (bar 100)`
        : `UMAP of all ${count} did not finish`,
      ...(stock
        ? [
            bar("opening, tsboard / TensorBoard", median(mine.pca) / median(theirs.pca), 1 / 3, (share) =>
              share.toFixed(2),
            ),
            `opening, tsboard / TensorBoard's projector alone: ${(median(mine.pca) / median(alone)).toFixed(2)}`,
            `turning, tsboard / TensorBoard: ${ratios(mine.frames.map((n, i) => n / theirs.frames[i]!))}; bar 3`,
            ...(theirs.umap.length > 0
              ? [
                  bar("UMAP, tsboard / TensorBoard", median(mine.umap) / median(theirs.umap), 1, (share) =>
                    share.toFixed(2),
                  ),
                ]
              : []),
          ]
        : ["TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it"]),
      ...failures,
    ],
  });
} finally {
  rmSync(logdir, { recursive: true, force: true });
}

/**
 * The graphs page beside stock's in the same browser: `npm run bench:graph [rounds]`. Inception-v3's train step as TensorFlow
 * writes it, where Python has TensorFlow, and a made graph of 100,000 nodes: from opening the page to the first boxes, how
 * long a scope takes to open, frames while panning, the page's heap, and the panels of a step of 100,000 executions.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launch } from "../scripts/chromium.ts";
import { HUNDREDS, writeMadeGraph } from "./make-graph.ts";
import { bar, median, megabytes, millis, quantile, ratios, report, seconds } from "./tools/report.ts";
import {
  isInstalled,
  type MeasuredServer,
  python,
  startTensorBoard,
  startTsboard,
  untilLoaded,
} from "./tools/servers.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
/** Whatever takes longer than this is given up, and the benchmark with it. */
const MOST_WAIT = 120_000;
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-graph-"));

interface Side {
  readonly who: "tsboard" | "TensorBoard";
  address(run: string): string;
  /** There are boxes when this is there. */
  readonly boxes: string;
  readonly picture: string;
}

const ours = (server: MeasuredServer): Side => ({
  who: "tsboard",
  address: (run) => new URL(`#graphs?graph_run=${run}`, server.url).href,
  boxes: 'canvas.graph-canvas[data-boxes]:not([data-boxes="0"]):not([data-boxes="-1"])',
  picture: "canvas.graph-canvas",
});

const stock = (server: MeasuredServer): Side => ({
  who: "TensorBoard",
  address: (run) => new URL(`#graphs&run=${run}`, server.url).href,
  boxes: "g.node",
  picture: "tf-graph-scene svg",
});

async function withPage<T>(
  browser: Browser,
  side: Side,
  run: string,
  work: (page: Page, opened: number) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(MOST_WAIT);
    // What tsx makes of named functions needs this helper, which pages do not have.
    await page.addInitScript({ content: "globalThis.__name = (f) => f" });
    const start = performance.now();
    await page.goto(side.address(run), { waitUntil: "commit" });
    await page.locator(side.boxes).first().waitFor({ state: "attached" });
    return await work(page, performance.now() - start);
  } finally {
    await context.close();
  }
}

function firstBoxes(browser: Browser, side: Side, run: string): Promise<number> {
  return withPage(browser, side, run, async (_, opened) => opened);
}

/** Milliseconds between frames while the picture is dragged about for two seconds. */
async function panning(browser: Browser, side: Side, run: string): Promise<number[]> {
  return withPage(browser, side, run, async (page) => {
    await page.waitForTimeout(3_000);
    const box = await page.locator(side.picture).first().boundingBox();
    if (!box) return [];
    const frames = page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const tick = (now: number): void => {
            times.push(now);
            if (now - times[0]! < 2_000) requestAnimationFrame(tick);
            else resolve(times.slice(1).map((time, i) => time - times[i]!));
          };
          requestAnimationFrame(tick);
        }),
    );
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 + 60];
    await page.mouse.move(x, y);
    await page.mouse.down();
    let done = false;
    void frames.then(() => {
      done = true;
    });
    for (let i = 0; !done; i++) await page.mouse.move(x + 150 * Math.sin(i / 9), y + 90 * Math.cos(i / 7));
    await page.mouse.up();
    return frames;
  });
}

/** Bytes of the page's heap, after collection. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
}

/** Milliseconds until other boxes are drawn after the scope of a row of the outline was opened, or closed. */
async function opening(page: Page, name: string): Promise<number> {
  await page.locator('canvas.graph-canvas[data-moving="false"]').waitFor({ state: "attached" });
  // Rows that are far from sight are not there.
  await page.locator(".graph-outline").evaluate((list) => list.scrollTo(0, 0));
  const row = page.getByRole("treeitem", { name, exact: false }).first();
  return row.evaluate(
    (element, most) =>
      new Promise<number>((resolve, reject) => {
        const canvas = document.querySelector<HTMLElement>("canvas.graph-canvas")!;
        const before = canvas.dataset.boxes;
        const start = performance.now();
        const observer = new MutationObserver(() => {
          // Each frame of a movement says how many there are.
          if (canvas.dataset.boxes === before) return;
          observer.disconnect();
          resolve(performance.now() - start);
        });
        observer.observe(canvas, { attributes: true, attributeFilter: ["data-boxes"] });
        setTimeout(() => reject(new Error("nothing opened")), most);
        element.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
      }),
    MOST_WAIT,
  );
}

interface Openings {
  readonly hundreds: number[];
  readonly wide: number;
  readonly heap: number;
}

async function openings(browser: Browser, side: Side): Promise<Openings> {
  return withPage(browser, side, "made", async (page) => {
    await page.getByRole("tab", { name: "Outline" }).click();
    await opening(page, "hundreds");
    const labels = await page.evaluate(() =>
      [...document.querySelectorAll('[role="treeitem"][aria-level="2"]')].map(
        (row) => row.getAttribute("aria-label") ?? "",
      ),
    );
    const hundreds: number[] = [];
    for (const label of labels.slice(0, HUNDREDS)) {
      hundreds.push(await opening(page, label));
      await opening(page, label);
    }
    await opening(page, "hundreds");
    const wide = await opening(page, "wide");
    return { hundreds, wide, heap: await heap(page) };
  });
}

interface Panels {
  readonly table: number;
  readonly timeline: number;
  readonly longest: number;
}

/** A step of 100,000 executions: until table and timeline are up, and the longest task while the timeline is panned. */
async function panels(browser: Browser, side: Side): Promise<Panels> {
  return withPage(browser, side, "made", async (page) => {
    await page.waitForTimeout(1_000);
    const until = async (button: string, there: string): Promise<number> => {
      const start = performance.now();
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.locator(there).first().waitFor();
      return performance.now() - start;
    };
    const table = await until("Table", '[role="row"][aria-rowindex="2"]');
    const timeline = await until("Timeline", "canvas.timeline-canvas[data-executions]");
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { longTasks: tasks });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) tasks.push(entry.duration);
      }).observe({ type: "longtask" });
    });
    const box = (await page.locator("canvas.timeline-canvas").boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -240);
    await page.mouse.down();
    for (let i = 0; i < 120; i++) await page.mouse.move(x + 300 * Math.sin(i / 10), y, { steps: 1 });
    await page.mouse.up();
    await page.waitForTimeout(300);
    const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    return { table, timeline, longest: Math.max(0, ...tasks) };
  });
}

const perSecond = (times: readonly number[]): string => `${(1000 / median(times)).toFixed(0)} /s`;

async function main(): Promise<void> {
  writeMadeGraph(logdir);
  const runs = ["made"];
  if (python && isInstalled("tensorflow")) {
    const script = fileURLToPath(new URL("./graph_inception.py", import.meta.url));
    execFileSync(python, [script, logdir], { stdio: "pipe" });
    runs.push("inception");
  }
  const own = await startTsboard(logdir);
  await untilLoaded(own);
  const peer = await startTensorBoard(logdir);
  if (peer) await untilListed(peer, runs);
  const sides = [ours(own), ...(peer ? [stock(peer)] : [])];
  const browser = await launch();
  const boxes = new Map<string, number[]>();
  const frames = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const run of runs)
      for (const side of sides) {
        const key = `${side.who}, ${run}`;
        const taken = await firstBoxes(browser, side, run);
        console.error(`${key}: first boxes after ${seconds(taken)}`);
        boxes.set(key, [...(boxes.get(key) ?? []), taken]);
      }
  for (const run of runs)
    for (const side of sides) {
      const times = await panning(browser, side, run);
      console.error(`${side.who}, ${run}: ${perSecond(times)} frames while panning`);
      frames.set(`${side.who}, ${run}`, times);
    }
  const opened = await openings(browser, sides[0]!);
  console.error(`scopes opened: p95 ${millis(quantile(opened.hundreds, 0.95))}, wide ${millis(opened.wide)}`);
  const dock = await panels(browser, sides[0]!);
  await browser.close();
  await Promise.all([own.stop(), peer?.stop()]);
  report("graph", {
    title: "The graphs page",
    how: `${runs.length === 2 ? "Inception-v3's train step as TensorFlow writes it, and a" : "A"} made graph of 100,000 nodes, in one browser; medians of ${ROUNDS} rounds in turns.`,
    header: ["", "first boxes", "frames while panning"],
    rows: [...boxes].map(([key, times]) => [key, seconds(median(times)), perSecond(frames.get(key) ?? [])]),
    notes: [
      ...(peer
        ? runs.map((run) => {
            const [mine, theirs] = [boxes.get(`tsboard, ${run}`)!, boxes.get(`TensorBoard, ${run}`)!];
            return `first boxes, ${run}, tsboard / TensorBoard: ${ratios(mine.map((time, i) => time / theirs[i]!))}; bar 0.33`;
          })
        : ["TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it"]),
      bar(
        `opening a scope of 100 children, p95 of ${opened.hundreds.length}`,
        quantile(opened.hundreds, 0.95),
        100,
        millis,
      ),
      bar("opening a scope of 5,000 children", opened.wide, 1_000, millis),
      bar("heap of the page, 100,000 nodes", opened.heap, 150e6, megabytes),
      bar("table of a step of 100,000 executions", dock.table, 1_000, millis),
      bar("timeline of a step of 100,000 executions", dock.timeline, 1_000, millis),
      bar("longest task while the timeline is zoomed and panned", dock.longest, 50, millis),
    ],
  });
}

/** Stock lists runs a while after it has started. */
async function untilListed(server: MeasuredServer, runs: readonly string[]): Promise<void> {
  for (;;) {
    const text = await (await fetch(new URL("data/plugin/graphs/info", server.url))).text().catch(() => "");
    if (runs.every((run) => text.includes(`"${run}"`))) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

try {
  await main();
} finally {
  rmSync(logdir, { recursive: true, force: true });
}

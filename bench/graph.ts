/**
 * The graphs page beside stock's in the same browser: `npm run bench:graph [boxes] [visits] [panning] [opening] [panels]`, all of them
 * when none is named. Inception-v3's train step as TensorFlow writes it, where Python has TensorFlow, and a made graph of
 * 100,000 nodes: from opening the page to the first boxes (again and again, and the first time that servers are asked), frames while panning, how long a scope takes to open and the
 * page's heap, and the panels of a step of 100,000 executions.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import {
  firstBoxes,
  inTurn,
  MOST_WAIT,
  ours,
  readyBrowser,
  type Side,
  stock,
  untilListed,
  withPage,
} from "./graph/sides.ts";
import { measureFirstVisits } from "./graph/visits.ts";
import { HUNDREDS, writeMadeGraph } from "./make-graph.ts";
import { bar, median, megabytes, millis, quantile, ratios, report, seconds } from "./tools/report.ts";
import { seen } from "./tools/seen.ts";
import { isInstalled, python, startTensorBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const SCENARIOS = ["boxes", "visits", "panning", "opening", "panels"] as const;
const chosen = SCENARIOS.filter((name) => process.argv.length < 3 || process.argv.includes(name));
const ROUNDS = 5;
const BOXES_BAR = 1 / 3;
/** Frames a second, or three times stock's where the browser draws in software. */
const [FRAMES_BAR, FRAMES_RATIO_BAR] = [60, 3];
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-graph-"));

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
      await seen(page, { selector: there, visible: true });
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

async function measureBoxes(
  browser: Browser,
  sides: readonly Side[],
  runs: readonly string[],
): Promise<void> {
  const boxes = new Map<string, number[]>();
  const key = ({ who }: Pick<Side, "who">, run: string): string => `${who}, ${run}`;
  // The first of each loads what servers and the browser's cache of code keep: it is not counted.
  for (let round = 0; round <= ROUNDS; round++)
    for (const run of runs)
      for (const side of inTurn(sides, round)) {
        const taken = await firstBoxes(browser, side, run);
        console.error(
          `${key(side, run)}: first boxes after ${seconds(taken)}${round === 0 ? " (not counted)" : ""}`,
        );
        if (round > 0) boxes.set(key(side, run), [...(boxes.get(key(side, run)) ?? []), taken]);
      }
  const compared = runs.map((run) => {
    const [mine, theirs] = sides.map((side) => boxes.get(key(side, run))!);
    if (!theirs) return "TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it";
    const shares = mine!.map((time, i) => time / theirs[i]!);
    return `${bar(`first boxes, ${run}, of TensorBoard's time`, median(shares), BOXES_BAR, (share) => share.toFixed(2))}; ${ratios(shares)}`;
  });
  report("graph", {
    title: "The graphs page",
    how: `${runs.length === 2 ? "Inception-v3's train step as TensorFlow writes it, and a" : "A"} made graph of 100,000 nodes, in one browser; medians of ${ROUNDS} rounds in turns, the other side first in every second one, after a round that is not counted.`,
    header: ["", "from opening the page to the first boxes"],
    rows: [...boxes].map(([name, times]) => [name, seconds(median(times))]),
    notes: compared,
  });
}

async function measurePanning(
  browser: Browser,
  sides: readonly Side[],
  runs: readonly string[],
): Promise<void> {
  const rows: string[][] = [];
  const notes: string[] = [];
  for (const run of runs) {
    const rates = new Map<string, number>();
    for (const side of sides) {
      const times = await panning(browser, side, run);
      console.error(`${side.who}, ${run}: ${perSecond(times)} frames while panning`);
      rows.push([`${side.who}, ${run}`, perSecond(times), millis(quantile(times, 0.95))]);
      rates.set(side.who, 1000 / median(times));
    }
    const [mine, theirs = Number.NaN] = [rates.get("tsboard")!, rates.get("TensorBoard")];
    const held = mine >= FRAMES_BAR - 1 || mine >= FRAMES_RATIO_BAR * theirs;
    notes.push(
      `panning, ${run}: bar ${FRAMES_BAR} /s or ${FRAMES_RATIO_BAR} times TensorBoard's, found ${mine.toFixed(0)} /s, ${(mine / theirs).toFixed(1)} times: ${held ? "held" : "MISSED"}`,
    );
  }
  report("graph-panning", {
    title: "Panning a graph",
    how: "The picture is dragged about for two seconds; frames that the browser draws in software.",
    header: ["", "frames", "95 % of frames within"],
    rows,
    notes,
  });
}

async function measureOpening(browser: Browser, side: Side): Promise<void> {
  const opened = await openings(browser, side);
  report("graph-opening", {
    title: "Opening scopes of a graph",
    how: "A made graph of 100,000 nodes; from the double click to other boxes on the screen.",
    header: ["", "median", "95 %"],
    rows: [
      ["a scope of 100 children", millis(median(opened.hundreds)), millis(quantile(opened.hundreds, 0.95))],
      ["a scope of 5,000 children", millis(opened.wide), ""],
    ],
    notes: [
      bar(
        `opening a scope of 100 children, p95 of ${opened.hundreds.length}`,
        quantile(opened.hundreds, 0.95),
        100,
        millis,
      ),
      bar("opening a scope of 5,000 children", opened.wide, 1_000, millis),
      bar("heap of the page, 100,000 nodes", opened.heap, 150e6, megabytes),
    ],
  });
}

async function measurePanels(browser: Browser, side: Side): Promise<void> {
  const rounds: Panels[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await panels(browser, side));
  const all = (of: (round: Panels) => number): number[] => rounds.map(of);
  report("graph-panels", {
    title: "A step of 100,000 executions",
    how: `Its table and timeline in the page; medians of ${ROUNDS} rounds, the first of which opens the step.`,
    header: ["", "median", "longest"],
    rows: [
      ["table", millis(median(all(({ table }) => table))), millis(Math.max(...all(({ table }) => table)))],
      [
        "timeline",
        millis(median(all(({ timeline }) => timeline))),
        millis(Math.max(...all(({ timeline }) => timeline))),
      ],
    ],
    notes: [
      bar(
        "table of a step of 100,000 executions, the first time too",
        Math.max(...all(({ table }) => table)),
        1_000,
        millis,
      ),
      bar("timeline, the first time too", Math.max(...all(({ timeline }) => timeline)), 1_000, millis),
      bar(
        "longest task while the timeline is zoomed and panned",
        Math.max(...all(({ longest }) => longest)),
        50,
        millis,
      ),
    ],
  });
}

async function main(): Promise<void> {
  writeMadeGraph(logdir);
  const runs = ["made"];
  const besideStock = chosen.includes("boxes") || chosen.includes("panning");
  if ((besideStock || chosen.includes("visits")) && python && isInstalled("tensorflow")) {
    const script = fileURLToPath(new URL("./graph_inception.py", import.meta.url));
    execFileSync(python, [script, logdir], { stdio: "pipe" });
    runs.push("inception");
  }
  if (chosen.includes("visits")) await measureFirstVisits(logdir, runs);
  if (chosen.every((name) => name === "visits")) return;
  const own = await startTsboard(logdir);
  await untilLoaded(own);
  const peer = besideStock ? await startTensorBoard(logdir) : null;
  const browser = await readyBrowser();
  try {
    if (peer) await untilListed(peer, runs);
    const sides = [ours(own), ...(peer ? [stock(peer)] : [])];
    if (chosen.includes("boxes")) await measureBoxes(browser, sides, runs);
    if (chosen.includes("panning")) await measurePanning(browser, sides, runs);
    if (chosen.includes("opening")) await measureOpening(browser, sides[0]!);
    if (chosen.includes("panels")) await measurePanels(browser, sides[0]!);
  } finally {
    await browser.close();
    await Promise.all([own.stop(), peer?.stop()]);
  }
}

try {
  await main();
} finally {
  rmSync(logdir, { recursive: true, force: true });
}

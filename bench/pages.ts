/**
 * Dashboards beside stock TensorBoard's, in the same browser: `npm run bench:pages [name …]`. From the opening of the page
 * until its first card is drawn, in turns; then, of ours, the longest task while it scrolls and how soon a step shows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launch } from "../scripts/chromium.ts";
import { histograms } from "./pages/histograms.ts";
import { hparams } from "./pages/hparams.ts";
import { images } from "./pages/images.ts";
import type { Scenario } from "./pages/scenario.ts";
import { bar, median, millis, quantile, ratios, report } from "./tools/report.ts";
import { watchPage } from "./tools/seen.ts";
import { startTensorBoard, startTsboard, untilLoaded, untilStockHas } from "./tools/servers.ts";

const SCENARIOS: readonly Scenario[] = [images, histograms, hparams];
const ROUNDS = 5;
const MOVES = 40;
const RATIO_BAR = 1 / 3;
const LONG_TASK_BAR = 100;
const MOVE_BAR = 50;

const names = process.argv.slice(2);
for (const scenario of SCENARIOS)
  if (names.length === 0 || names.includes(scenario.name)) await measure(scenario);

async function measure(scenario: Scenario): Promise<void> {
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
  await scenario.write(logdir);
  const [ours, stock] = [await startTsboard(logdir), await startTensorBoard(logdir)];
  await untilLoaded(ours);
  if (stock) await untilStockHas(stock.url, scenario.runs);
  const browser = await launch();
  try {
    // Whatever either loads once and keeps, in the server and in the browser's cache of code.
    const visits = [{ url: ours.url, shown: scenario.oursShown, times: [] as number[] }];
    if (stock) visits.push({ url: stock.url, shown: scenario.stockShown, times: [] });
    for (let round = 0; round <= ROUNDS; round++)
      for (const { url, shown, times } of visits) {
        const time = await firstCard(browser, `${url}#${scenario.name}`, shown);
        if (round > 0) times.push(time);
      }
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await watchPage(page);
    await page.goto(`${ours.url}#${scenario.name}`);
    await scenario.oursShown(page);
    await page.waitForLoadState("networkidle");
    const moved = await moves(page, scenario);
    const longest = await longestTaskScrolling(page, scenario.scrolled ?? "main");
    tell(
      scenario,
      visits.map(({ times }) => times),
      moved,
      longest,
    );
  } finally {
    await browser.close();
    await ours.stop();
    await stock?.stop();
    rmSync(logdir, { recursive: true });
  }
}

async function firstCard(
  browser: Browser,
  address: string,
  shown: (page: Page) => Promise<unknown>,
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await watchPage(page);
  const started = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await shown(page);
  const time = performance.now() - started;
  await context.close();
  return time;
}

async function moves(page: Page, { move }: Scenario): Promise<number[]> {
  if (!move) return [];
  const times: number[] = [];
  // As a hand moves it: a stop on, at a pace that can be followed, there and back.
  for (let i = 0; i < MOVES; i++) {
    const place = i % (2 * move.steps - 2);
    times.push(await move.to(page, place < move.steps ? place : 2 * move.steps - 2 - place));
    await page.waitForTimeout(100);
  }
  return times;
}

/** Milliseconds of the longest task of the main thread while the page is scrolled to its end. */
function longestTaskScrolling(page: Page, scrolled: string): Promise<number> {
  return page.evaluate(async (selector) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: "longtask" });
    const scroller = document.querySelector(selector)!;
    for (let i = 0; i < 120; i++) {
      scroller.scrollBy(0, 60);
      await new Promise(requestAnimationFrame);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return longest;
  }, scrolled);
}

function tell(
  { name, what }: Scenario,
  [ours = [], stock = []]: number[][],
  moved: number[],
  longest: number,
): void {
  const relative = ours.map((time, i) => time / stock[i]!);
  report(`pages-${name}`, {
    title: `The ${name} dashboard`,
    how: `${what}; from the opening of the page to its first card, medians of ${ROUNDS} visits in turns, each with an empty cache; browser and both servers on one machine.`,
    header: ["", "first card", "step shown, median", "95th percentile", "longest task while scrolling"],
    rows: [
      [
        "tsboard",
        millis(median(ours)),
        moved.length > 0 ? millis(median(moved)) : "–",
        moved.length > 0 ? millis(quantile(moved, 0.95)) : "–",
        longest === 0 ? "under 50 ms" : millis(longest),
      ],
      ...(stock.length > 0 ? [["TensorBoard", millis(median(stock)), "–", "–", "–"]] : []),
    ],
    notes: [
      stock.length > 0
        ? `${bar("First card beside TensorBoard's", median(relative), RATIO_BAR, (value) => value.toFixed(2))} (tsboard / TensorBoard: ${ratios(relative)})`
        : "TensorBoard is not installed, so there is nothing to compare with.",
      bar("Longest task while scrolling", longest, LONG_TASK_BAR, millis),
      ...(moved.length > 0
        ? [bar("Step shown, 95th percentile", quantile(moved, 0.95), MOVE_BAR, millis)]
        : []),
    ],
  });
}

/**
 * How soon a value shows on each dashboard: `npm run bench:live-dashboards [name …]`. From the call of `flush()` in a writing
 * process to the frame in which Chromium has it, without a click; with a thousand other runs watched.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { launch, WITH_WEBGL } from "../scripts/chromium.ts";
import {
  DASHBOARDS,
  EveryKind,
  FIRST_STEPS,
  type Seen,
  shownAt,
  titleOf,
} from "../test/browser/every-kind.ts";
import { makeLogs } from "./make-logs.ts";
import { bar, median, millis, quantile, report } from "./tools/report.ts";
import { startTsboard, untilLoaded } from "./tools/servers.ts";

const OTHER_RUNS = 1000;
const VALUES = 40;
const BAR = 200;

const names = process.argv.slice(2);
const now = () => performance.timeOrigin + performance.now();

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
makeLogs(logdir, { runs: OTHER_RUNS, tags: 5, steps: 100 });
const logs = await new EveryKind(logdir).begin();
let last = FIRST_STEPS - 1;
const server = await startTsboard(logdir);
await untilLoaded(server);
const browser = await launch(WITH_WEBGL);
const rows: string[][] = [];
const notes: string[] = [];
try {
  for (const one of DASHBOARDS) {
    const title = titleOf(one);
    if (!one.newest || (names.length > 0 && !names.includes(one.name))) continue;
    const address = `${one.name}?runs=%2Bbase,wide${one.query ? `&${one.query}` : ""}`;
    const times = await latencies(browser, new URL(`#${address}`, server.url).href, one.newest);
    console.error(`${title}: ${millis(median(times))}, 95th percentile ${millis(quantile(times, 0.95))}`);
    rows.push([title, String(times.length), millis(median(times)), millis(quantile(times, 0.95))]);
    notes.push(bar(`${title}, 95th percentile`, quantile(times, 0.95), BAR, millis));
  }
  report("live-dashboards", {
    title: "Live, every dashboard",
    how: `From the call of flush() in the training until the value shows, without a click; two runs of every kind beside ${OTHER_RUNS.toLocaleString("en")} others.`,
    header: ["dashboard", "values", "median", "95th percentile"],
    rows,
    notes,
  });
} finally {
  await browser.close();
  await server.stop();
  await logs.close();
  rmSync(logdir, { recursive: true, force: true });
}

async function latencies(
  browser: Browser,
  address: string,
  newest: (step: number) => readonly Seen[],
): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.waitForFunction(shownAt, newest(last));
  await page.waitForLoadState("networkidle");
  const times: number[] = [];
  for (let i = 0; i < VALUES; i++) {
    await page.waitForTimeout(150 + Math.random() * 150);
    last = logs.more();
    const flushed = now();
    await logs.flush();
    const shown = await page.waitForFunction(shownAt, newest(last));
    times.push(Number(await shown.jsonValue()) - flushed);
  }
  await page.close();
  return times;
}

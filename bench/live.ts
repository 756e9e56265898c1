/**
 * How soon a written point shows: `npm run bench:live [runs]`, with so many runs watched (default 1,000).
 *
 * Drawn: from the call of `flush()` in a writing process to the frame of Chromium that draws the point. Answered:
 * from the same call until the compatible face's answer holds the point; stock TensorBoard with its defaults
 * likewise, in the same run where it is installed. Medians and 95th percentiles.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromiumPath, launch } from "../scripts/chromium.ts";
import { createFileWriter } from "../summary/index.ts";
import { makeLogs } from "./make-logs.ts";
import { bar, median, millis, quantile, report } from "./tools/report.ts";
import { type MeasuredServer, startTensorBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const DRAWN_POINTS = 50;
const ANSWERED_POINTS = 50;
/** Stock takes seconds a point. */
const PEER_POINTS = 8;
const DRAWN_BAR = 200;
const ANSWERED_BAR = 50;
const [runs = 1000] = process.argv.slice(2).map(Number);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Milliseconds since the epoch, finer than Date.now. */
const now = () => performance.timeOrigin + performance.now();

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
const writer = createFileWriter(path.join(logdir, "live"));
let step = 0;

/** Writes one more point; gives its step and when its flush was called. */
async function writePoint(): Promise<{ step: number; at: number }> {
  step++;
  writer.scalar("live/loss", 1 / step, { step });
  const at = now();
  await writer.flush();
  return { step, at };
}

async function drawnLatencies({ url }: MeasuredServer): Promise<number[]> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(new URL("#scalars?tag_filter=^live/loss$&runs=+live", url).href);
    const canvas = page.locator('[data-tag="live/loss"] canvas.chart-lines[data-last-step]');
    await canvas.waitFor();
    await canvas.evaluate((element) => {
      const times = new Map<string, number>();
      Reflect.set(globalThis, "drawnAt", times);
      new MutationObserver(() => {
        const drawn = element.getAttribute("data-last-step") ?? "";
        if (!times.has(drawn)) times.set(drawn, performance.timeOrigin + performance.now());
      }).observe(element, { attributes: true, attributeFilter: ["data-last-step"] });
    });
    const latencies: number[] = [];
    for (let i = 0; i < DRAWN_POINTS; i++) {
      await pause(100 + Math.random() * 100);
      const point = await writePoint();
      const at = await page.waitForFunction(
        (wanted) => (Reflect.get(globalThis, "drawnAt") as Map<string, number>).get(wanted),
        String(point.step),
      );
      latencies.push(Number(await at.jsonValue()) - point.at);
    }
    return latencies;
  } finally {
    await browser.close();
  }
}

async function answeredLatencies({ url }: MeasuredServer, points: number): Promise<number[]> {
  const address = new URL("data/plugin/scalars/scalars?run=live&tag=live%2Floss", url);
  const latencies: number[] = [];
  for (let i = 0; i < points; i++) {
    await pause(100 + Math.random() * 100);
    const point = await writePoint();
    for (;;) {
      const answer = await fetch(address);
      const rows = (answer.ok ? await answer.json() : []) as [number, number, number][];
      if (rows.at(-1)?.[1] === point.step) break;
      await pause(1);
    }
    latencies.push(now() - point.at);
  }
  return latencies;
}

const row = (what: string, latencies: readonly number[]) => [
  what,
  String(latencies.length),
  millis(median(latencies)),
  millis(quantile(latencies, 0.95)),
];

try {
  makeLogs(logdir, { runs: runs - 1, tags: 5, steps: 100 });
  await writePoint();
  const ours = await startTsboard(logdir);
  await untilLoaded(ours);
  const rows: string[][] = [];
  const notes: string[] = [];
  if (chromiumPath !== null) {
    const drawn = await drawnLatencies(ours);
    rows.push(row("tsboard, drawn in Chromium", drawn));
    notes.push(bar("drawn, 95th percentile", quantile(drawn, 0.95), DRAWN_BAR, millis));
  } else notes.push("no Chromium: nothing drawn");
  const answered = await answeredLatencies(ours, ANSWERED_POINTS);
  rows.push(row("tsboard, in an HTTP answer", answered));
  notes.push(bar("answered, 95th percentile", quantile(answered, 0.95), ANSWERED_BAR, millis));
  await ours.stop();
  const peer = await startTensorBoard(logdir);
  if (peer) {
    const theirs = await answeredLatencies(peer, PEER_POINTS);
    await peer.stop();
    rows.push(row("TensorBoard, in an HTTP answer", theirs));
    notes.push(`TensorBoard / tsboard, medians: ${(median(theirs) / median(answered)).toFixed(0)}`);
  } else notes.push("TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it");
  report("live", {
    title: "Live",
    how: `From the call of flush() in the training until the point shows; ${runs.toLocaleString("en")} runs watched.`,
    header: ["", "points", "median", "95th percentile"],
    rows,
    notes,
  });
} finally {
  await writer.close();
  rmSync(logdir, { recursive: true, force: true });
}

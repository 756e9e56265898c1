/**
 * What a page costs that shows running trainings: `npm run bench:growing`. 20 runs of 12 tags grow, each flushed five times
 * a second; the share of its time that the page's main thread computes, and its tasks of more than 50 ms.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch } from "../scripts/chromium.ts";
import { createFileWriter } from "../summary/index.ts";
import { bar, millis, report } from "./tools/report.ts";
import { startTsboard, untilLoaded } from "./tools/servers.ts";

const RUNS = 20;
const TAGS = 12;
const FLUSHES_A_SECOND = 5;
/** Points of each series before the measurement begins. */
const BEFORE = 1000;
const SECONDS = 15;
const SHARE_BAR = 0.1;

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
const writers = Array.from({ length: RUNS }, (_, run) => createFileWriter(path.join(logdir, `run${run}`)));
let step = 0;

function writeStep(): void {
  for (const [run, writer] of writers.entries())
    for (let tag = 0; tag < TAGS; tag++)
      writer.scalar(`tag${tag}`, Math.exp(-step / 500) + Math.random() * 0.1 + run, { step });
  step++;
}
const flush = () => Promise.all(writers.map((writer) => writer.flush()));

while (step < BEFORE) writeStep();
await flush();
const server = await startTsboard(logdir);
await untilLoaded(server);
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(server.url);
await page.locator("canvas.chart-lines[data-points]").nth(5).waitFor();
await page.waitForTimeout(2000);
const session = await page.context().newCDPSession(page);
// The thread's own time: what others do on this machine does not count.
await session.send("Performance.enable", { timeDomain: "threadTicks" });
const taskSeconds = async (): Promise<number> => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
};
await page.evaluate(() => {
  const long: number[] = [];
  Reflect.set(globalThis, "longTasks", long);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration);
  }).observe({ type: "longtask" });
});
const profiled = process.argv.includes("--profile");
if (profiled) {
  await session.send("Profiler.enable");
  await session.send("Profiler.start");
}
const [from, started] = [await taskSeconds(), performance.now()];
let flushes = 0;
while (performance.now() - started < SECONDS * 1000) {
  writeStep();
  await flush();
  flushes++;
  // By the clock, so that the time that a flush takes does not come on top.
  const next = started + (flushes * 1000) / FLUSHES_A_SECOND;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
}
const seconds = (performance.now() - started) / 1000;
const share = ((await taskSeconds()) - from) / seconds;
if (profiled) await printProfile();
const long = await page.evaluate(() => Reflect.get(globalThis, "longTasks") as number[]);
const lag = await page.evaluate((last) => {
  const drawn = document.querySelector("canvas.chart-lines")?.getAttribute("data-last-step") ?? "0";
  return last - Number(drawn);
}, step - 1);
await browser.close();
await server.stop();
for (const writer of writers) await writer.close();
rmSync(logdir, { recursive: true });

report("growing", {
  title: "A page that shows running trainings",
  how: `${RUNS} runs of ${TAGS} tags grow from ${BEFORE} points on, with ${(flushes / seconds).toFixed(1)} flushes a second each, for ${SECONDS} s; the page is 1280 × 800.`,
  header: ["main thread", "tasks over 50 ms", "longest", "behind at the end"],
  rows: [
    [
      `${(share * 100).toFixed(1)} %`,
      String(long.length),
      long.length > 0 ? millis(Math.max(...long)) : "–",
      `${lag} steps`,
    ],
  ],
  notes: [bar("Share of the main thread", share, SHARE_BAR, (value) => `${(value * 100).toFixed(1)} %`)],
});

/** Functions by their own time. */
async function printProfile(): Promise<void> {
  const { profile } = await session.send("Profiler.stop");
  const micros = new Map<string, number>();
  const names = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber, columnNumber } }) => [
      id,
      `${functionName || "(anonymous)"} ${url.split("/").at(-1)}:${lineNumber}:${columnNumber}`,
    ]),
  );
  profile.samples?.forEach((id, i) => {
    const name = names.get(id) ?? "";
    micros.set(name, (micros.get(name) ?? 0) + (profile.timeDeltas?.[i] ?? 0));
  });
  for (const [name, time] of [...micros].sort((a, b) => b[1] - a[1]).slice(0, 30))
    console.log(millis(time / 1000).padStart(12), name);
}

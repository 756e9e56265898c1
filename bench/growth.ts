/**
 * How the cost of reading grows: `npm run bench:growth [largest]`, with 10^4 to 10^8 points in 100 runs and with 10^6
 * points in 1 to 10^4 runs; one round each, RustBoard beside it where it is installed. The largest takes 6 GB of disk.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LogShape, makeLogs } from "./make-logs.ts";
import { megabytes, report, seconds } from "./tools/report.ts";
import { memory, printed, startRustBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const largest = Number(process.argv[2] ?? 1e8);
const SETTLE_MILLIS = 3000;

const shapes: LogShape[] = [
  { runs: 10, tags: 10, steps: 100 },
  { runs: 100, tags: 10, steps: 100 },
  { runs: 100, tags: 10, steps: 1000 },
  { runs: 100, tags: 20, steps: 5000 },
  { runs: 100, tags: 50, steps: 20_000 },
  { runs: 1, tags: 10, steps: 100_000 },
  { runs: 10, tags: 10, steps: 10_000 },
  { runs: 1000, tags: 10, steps: 100 },
  { runs: 10_000, tags: 10, steps: 10 },
];

async function measure(shape: LogShape): Promise<string[]> {
  const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
  try {
    const bytes = makeLogs(logdir, shape);
    const server = await startTsboard(logdir);
    const millis = await untilLoaded(server);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLIS));
    const { resident = Number.NaN } = memory(server) ?? {};
    await server.stop();
    const peer = startRustBoard(logdir);
    let theirs = ["not installed", ""];
    if (peer) {
      await printed(peer.process, /Finished load cycle/);
      theirs = [seconds(performance.now() - peer.started), megabytes(memory(peer)?.resident ?? Number.NaN)];
      await peer.stop();
    }
    const points = shape.runs * shape.tags * shape.steps;
    const what = [points.toLocaleString("en"), shape.runs.toLocaleString("en"), megabytes(bytes)];
    return [...what, seconds(millis), megabytes(resident), ...theirs];
  } finally {
    rmSync(logdir, { recursive: true, force: true });
  }
}

const rows: string[][] = [];
for (const shape of shapes)
  if (shape.runs * shape.tags * shape.steps <= largest) rows.push(await measure(shape));
report("growth", {
  title: "How the cost grows",
  how: "From the start of the process until all points are in, and the memory resident then; one round each.",
  header: ["points", "runs", "event files", "tsboard", "resident", "RustBoard", "resident"],
  rows,
  notes: ["RustBoard keeps 1,000 points a tag, tsboard every one."],
});

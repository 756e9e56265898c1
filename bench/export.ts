/**
 * Exporting a log directory: `npm run bench:export [runs] [tags] [steps]`, default 100 x 20 x 5,000 (10 M points). From
 * the start of the process to its end, reading included; the memory that it took at most. tbparse with pandas likewise,
 * on a fiftieth of the runs, where it is installed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { makeLogs } from "./make-logs.ts";
import { megabytes, report, seconds } from "./tools/report.ts";
import { isInstalled, memory, python } from "./tools/servers.ts";

const [runs = 100, tags = 20, steps = 5000] = process.argv.slice(2).map(Number);
const PEER_SHARE = 50;
const FORMATS = ["csv", "jsonl", "arrow", "parquet"];
const bin = fileURLToPath(new URL("../dist/command/bin.js", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));

interface Outcome {
  readonly millis: number;
  /** Memory at its peak, bytes. */
  readonly peak: number;
  /** Of the file that was written. */
  readonly bytes: number;
}

/** Runs a program that writes a file, to its end. */
async function measured(command: string, args: readonly string[], out: string): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  let peak = 0;
  const timer = setInterval(() => {
    // One that is just ending has no memory any more.
    const now = memory({ process: child, started, stop: async () => {} })?.peak ?? 0;
    if (now > peak) peak = now;
  }, 50);
  const [code]: unknown[] = await once(child, "exit");
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return { millis: performance.now() - started, peak, bytes: statSync(out).size };
}

function ours(logdir: string, format: string): Promise<Outcome> {
  const out = path.join(folder, `points.${format}`);
  return measured(process.execPath, [bin, "export", logdir, "--index_cache", "off", "--out", out], out);
}

async function tbparse(logdir: string): Promise<Outcome | null> {
  if (python === null || !isInstalled("tbparse")) return null;
  const out = path.join(folder, "peer.csv");
  return measured(python, [fileURLToPath(new URL("export_peer.py", import.meta.url)), logdir, out], out);
}

const row = (name: string, points: number, { millis, peak, bytes }: Outcome) => [
  name,
  `${points / 1e6} M`,
  seconds(millis),
  `${(points / millis / 1000).toFixed(2)} M`,
  megabytes(peak),
  megabytes(bytes),
];

try {
  const [large, small] = [path.join(folder, "large"), path.join(folder, "small")];
  makeLogs(large, { runs, tags, steps });
  makeLogs(small, { runs: Math.ceil(runs / PEER_SHARE), tags, steps });
  const points = runs * tags * steps;
  const fewer = Math.ceil(runs / PEER_SHARE) * tags * steps;
  await ours(small, "csv"); // so that the first counted one does not pay for the disk
  const rows: string[][] = [];
  for (const format of FORMATS) rows.push(row(`tsboard, ${format}`, points, await ours(large, format)));
  const one = await ours(small, "csv");
  const peer = await tbparse(small);
  rows.push(row("tsboard, csv", fewer, one));
  if (peer) rows.push(row("tbparse and pandas, csv", fewer, peer));
  report("export", {
    title: "Exporting",
    how: `${runs} runs x ${tags} tags x ${steps} steps; from the start of the process to its end, reading included.`,
    header: ["", "points", "time", "points a second", "memory at its peak", "file"],
    rows,
    notes: [
      peer
        ? `tbparse / tsboard: ${(peer.millis / one.millis).toFixed(1)}`
        : "tbparse is not installed: set TSBOARD_PYTHON, or make a .venv with it",
    ],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

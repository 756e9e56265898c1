/**
 * Reading a log directory whole: `npm run bench:ingest [runs] [tags] [steps]`, default 100 x 20 x 5,000 (10 M
 * points). Ours counts from the start of the process until every point is in, every CRC checked, every point kept;
 * RustBoard likewise, with its defaults: data CRCs unchecked, 1,000 points a tag kept. In turns, medians.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeLogs } from "./make-logs.ts";
import { bar, median, megabytes, ratios, report, seconds } from "./tools/report.ts";
import { memory, printed, startRustBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const ROUNDS = 9;
const BYTES_A_POINT = 16;
/** After reading, until threads have ended and garbage is collected. */
const SETTLE_MILLIS = 3000;
const [runs = 100, tags = 20, steps = 5000] = process.argv.slice(2).map(Number);
const points = runs * tags * steps;
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
const cache = mkdtempSync(path.join(tmpdir(), "tsboard-bench-cache-"));
const empty = mkdtempSync(path.join(tmpdir(), "tsboard-bench-empty-"));

interface Round {
  readonly millis: number;
  readonly resident: number;
}

async function ours(folder: string, ...flags: string[]): Promise<Round> {
  const server = await startTsboard(folder, ...flags);
  const millis = await untilLoaded(server);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLIS));
  const { resident } = memory(server) ?? { resident: Number.NaN };
  await server.stop();
  return { millis, resident };
}

async function rustBoard(): Promise<Round | null> {
  const server = startRustBoard(logdir);
  if (!server) return null;
  await printed(server.process, /Finished load cycle/);
  const millis = performance.now() - server.started;
  const { resident } = memory(server) ?? { resident: Number.NaN };
  await server.stop();
  return { millis, resident };
}

/** Milliseconds until a server of nothing listens: what ours takes before it reads. */
async function listening(): Promise<number> {
  const server = await startTsboard(empty);
  const millis = performance.now() - server.started;
  await server.stop();
  return millis;
}

try {
  const bytes = makeLogs(logdir, { runs, tags, steps });
  const { resident: base } = await ours(empty);
  await ours(logdir); // so that the first counted round does not pay for the disk
  await ours(logdir, "--index_cache", cache); // so that there is something to remember
  const cold: Round[] = [];
  const warm: Round[] = [];
  const peer: Round[] = [];
  const starts: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    cold.push(await ours(logdir));
    const other = await rustBoard();
    if (other) peer.push(other);
    starts.push(await listening());
    warm.push(await ours(logdir, "--index_cache", cache));
  }
  const resident = (of: readonly Round[]) => median(of.map((round) => round.resident));
  const row = (name: string, of: readonly Round[]) => [
    name,
    seconds(median(of.map((round) => round.millis))),
    megabytes(resident(of)),
    (resident(of) / points).toFixed(1),
  ];
  const speed = peer.map(({ millis }, i) => millis / cold[i]!.millis);
  const withStart = peer.map(({ millis }, i) => (millis + starts[i]!) / cold[i]!.millis);
  const many = runs >= 1000;
  report(many ? `ingest-${runs}-runs` : "ingest", {
    title: many ? `Reading ${runs.toLocaleString("en")} runs` : "Reading",
    how: `${runs} runs x ${tags} tags x ${steps} steps: ${points / 1e6} M points, ${megabytes(bytes)} of event files; from the start of the process until all points are in; medians of ${ROUNDS} rounds in turns.`,
    header: ["", "start to complete", "resident", "bytes a point"],
    rows: [
      row("tsboard, every point kept, every CRC checked", cold),
      row("tsboard, second start (index cache)", warm),
      ...(peer.length > 0 ? [row("RustBoard, 1,000 points a tag, CRCs of data unchecked", peer)] : []),
    ],
    notes: [
      peer.length > 0
        ? `RustBoard / tsboard: ${ratios(speed)}`
        : "RustBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it",
      ...(many && peer.length > 0
        ? [
            `RustBoard, and what tsboard takes to listen without logs (${seconds(median(starts))}) / tsboard: ${ratios(withStart)}`,
          ]
        : []),
      `idle, without logs: ${megabytes(base)}`,
      ...(many
        ? []
        : [bar("resident bytes a point", resident(cold) / points, BYTES_A_POINT, (v) => v.toFixed(1))]),
    ],
  });
} finally {
  for (const folder of [logdir, cache, empty]) rmSync(folder, { recursive: true, force: true });
}

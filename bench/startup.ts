/**
 * From the start of the process to the first answer: `npm run bench:startup [logdir]`, by default on small logs as
 * the demo writes them (6 runs of 7 tags and 2,000 steps). Stock TensorBoard likewise, in turns, where it is
 * installed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeLogs } from "./make-logs.ts";
import { bar, median, report, seconds } from "./tools/report.ts";
import { type MeasuredServer, startTensorBoard, startTsboard } from "./tools/servers.ts";

const ROUNDS = 7;
const PEER_ROUNDS = 3;
const BAR = 700;
const given = process.argv[2];
const logdir = given ?? mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));

/** Milliseconds until the server listens, and until `/data/runs` names a run. */
async function round(start: () => Promise<MeasuredServer | null>): Promise<[number, number] | null> {
  const server = await start();
  if (!server) return null;
  const listening = performance.now() - server.started;
  for (;;) {
    const runs = (await (await fetch(new URL("data/runs", server.url))).json()) as string[];
    if (runs.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const answered = performance.now() - server.started;
  await server.stop();
  return [listening, answered];
}

try {
  if (given === undefined) makeLogs(logdir, { runs: 6, tags: 7, steps: 2000 });
  const ours: [number, number][] = [];
  const theirs: [number, number][] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const own = await round(() => startTsboard(logdir));
    if (own) ours.push(own);
    const peer = i < PEER_ROUNDS ? await round(() => startTensorBoard(logdir)) : null;
    if (peer) theirs.push(peer);
  }
  const row = (name: string, rounds: readonly [number, number][]) => [
    name,
    seconds(median(rounds.map(([listening]) => listening))),
    seconds(median(rounds.map(([, answered]) => answered))),
  ];
  const answered = median(ours.map(([, millis]) => millis));
  const peer = median(theirs.map(([, millis]) => millis));
  report("startup", {
    title: "Starting",
    how: "From the start of the process to the first answer of /data/runs that names a run; logs as the demo's.",
    header: ["", "listening", "first runs answered"],
    rows: [row("tsboard", ours), ...(theirs.length > 0 ? [row("TensorBoard", theirs)] : [])],
    notes: [
      theirs.length > 0
        ? `TensorBoard / tsboard: ${(peer / answered).toFixed(1)}`
        : "TensorBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it",
      bar("first answer", answered, BAR, seconds),
    ],
  });
} finally {
  if (given === undefined) rmSync(logdir, { recursive: true, force: true });
}

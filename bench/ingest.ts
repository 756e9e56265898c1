/**
 * Reading a log directory whole: `npm run bench:ingest [runs] [tags] [steps]`, default 100 x 20 x 5,000 (10 M
 * points). Ours counts from the start of the process until every point is in, every CRC checked, every point kept;
 * RustBoard likewise, with its defaults: data CRCs unchecked, 1,000 points a tag kept. In turns, medians.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeLogs } from "./make-logs.ts";
import { median, megabytes, seconds, table } from "./tools/report.ts";
import { memory, printed, startRustBoard, startTsboard, untilLoaded } from "./tools/servers.ts";

const ROUNDS = 5;
const [runs = 100, tags = 20, steps = 5000] = process.argv.slice(2).map(Number);
const points = runs * tags * steps;
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));

interface Round {
  readonly millis: number;
  readonly resident: number;
}

async function ours(...flags: string[]): Promise<Round> {
  const server = await startTsboard(logdir, ...flags);
  const millis = await untilLoaded(server);
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

try {
  const bytes = makeLogs(logdir, { runs, tags, steps });
  console.log(`${runs} runs x ${tags} tags x ${steps} steps = ${points} points, ${megabytes(bytes)}`);
  const empty = mkdtempSync(path.join(tmpdir(), "tsboard-bench-empty-"));
  const idle = await startTsboard(empty);
  await untilLoaded(idle);
  const base = memory(idle)?.resident ?? 0;
  await idle.stop();
  rmSync(empty, { recursive: true });

  await ours(); // so that the first counted round does not pay for the disk
  const rounds = { ours: [] as Round[], peer: [] as Round[] };
  for (let i = 0; i < ROUNDS; i++) {
    rounds.ours.push(await ours());
    const peer = await rustBoard();
    if (peer) rounds.peer.push(peer);
  }
  const time = (of: readonly Round[]) => median(of.map((r) => r.millis));
  const resident = (of: readonly Round[]) => median(of.map((r) => r.resident));
  const row = (name: string, of: readonly Round[], idleBytes: number) => [
    name,
    seconds(time(of)),
    megabytes(resident(of)),
    `${(resident(of) / points).toFixed(1)}`,
    idleBytes > 0 ? `${((resident(of) - idleBytes) / points).toFixed(1)}` : "",
  ];
  table(
    ["", "start to complete", "resident", "bytes a point", "above the idle server's"],
    [
      row("tsboard", rounds.ours, base),
      ...(rounds.peer.length > 0 ? [row("RustBoard", rounds.peer, 0)] : []),
    ],
  );
  if (rounds.peer.length === 0)
    console.log("RustBoard is not installed: set TSBOARD_PYTHON, or make a .venv with it");
  else {
    const ratios = rounds.peer.map((peer, i) => peer.millis / rounds.ours[i]!.millis);
    console.log(
      `RustBoard / tsboard: ${median(ratios).toFixed(2)} (${ratios.map((r) => r.toFixed(2)).join(", ")})`,
    );
  }
} finally {
  rmSync(logdir, { recursive: true, force: true });
}

/**
 * Events a second through the public API to a closed file, CRC and all, beside Python's writers in the same run:
 * `npm run bench:write`. Scalars, histograms of 1,000 values, images of 128 x 128 x 3. Peers are taken from
 * TSBOARD_PYTHON, else .venv/bin/python. Ends with code 1 where a bar is missed.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import { createFileWriter, type SummaryWriter, summary } from "../summary/index.ts";
import { report } from "./tools/report.ts";
import { python } from "./tools/servers.ts";

const ROUNDS = 5;
const logdir = mkdtempSync(path.join(os.tmpdir(), "tsboard-bench-"));

type Loop = (writer: SummaryWriter, count: number) => void | Promise<void>;

const values = Float32Array.from({ length: 1000 }, () => Math.random());
const side = 128;
const shape = [side, side, 3];
const pixels = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i % side) + Math.random() * 8);

/** A kind of summary with its bar, in events a second, and the peers' counts that take a second or so. */
interface Subject {
  readonly name: string;
  readonly count: number;
  readonly loops: Readonly<Record<string, Loop>>;
  readonly peers: Readonly<Record<string, number>>;
  readonly bar: () => { readonly perSecond: number; readonly what: string };
}

const SUBJECTS: readonly Subject[] = [
  {
    name: "scalar",
    count: 2_000_000,
    loops: {
      "writer.scalar, one tag, never awaiting"(writer, count) {
        for (let step = 0; step < count; step++) writer.scalar("train/loss", step * 0.5, { step });
      },
      "writer.scalar, 20 tags, awaiting every 1,000 steps": async (writer, count) => {
        const tags = Array.from({ length: 20 }, (_, i) => `layer${i}/loss`);
        for (let step = 0; step < count / 20; step++) {
          for (const tag of tags) writer.scalar(tag, step * 0.5, { step });
          if (step % 1000 === 0) await new Promise(setImmediate);
        }
      },
      "summary.scalar, default writer and step, recordIf"(writer, count) {
        writer.recordIf = () => true;
        writer.asDefault(() => {
          for (let step = 0; step < count; step++) {
            writer.step = step;
            summary.scalar("train/loss", step * 0.5);
          }
        });
      },
    },
    peers: { tensorboardX: 30_000, tensorboard: 50_000, tensorflow: 8_000 },
    bar: () => ({ perSecond: 1_000_000, what: "1,000,000 scalars/s" }),
  },
  {
    name: "histogram",
    count: 20_000,
    loops: {
      "writer.histogram of 1,000 float32"(writer, count) {
        for (let step = 0; step < count; step++) writer.histogram("weights", values, { step });
      },
    },
    peers: { tensorboardX: 5_000, tensorflow: 1_000 },
    bar: () => ({ perSecond: 20_000, what: "20,000 histograms/s" }),
  },
  {
    name: "image",
    count: 200,
    loops: {
      "writer.image of 128 x 128 x 3"(writer, count) {
        for (let step = 0; step < count; step++) writer.image("input", pixels, { step, shape });
      },
    },
    peers: { tensorboardX: 200, tensorflow: 200 },
    bar: () => ({ perSecond: encoderAlone(200) / 2, what: "half of the PNG encoder alone" }),
  },
];

/** Best events a second of a few rounds, each from the first event to the closed file. */
async function rate(loop: Loop, count: number): Promise<number> {
  return best(async () => {
    const writer = createFileWriter(logdir);
    const start = performance.now();
    await loop(writer, count);
    await writer.close();
    const perSecond = (count / (performance.now() - start)) * 1000;
    rmSync(writer.path);
    return perSecond;
  });
}

async function best(round: () => number | Promise<number>): Promise<number> {
  let most = 0;
  for (let i = 0; i < ROUNDS; i++) most = Math.max(most, await round());
  return most;
}

/** Images a second, the best of a few rounds, after the writer's rounds have warmed the encoder up. */
function encoderAlone(count: number): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let i = 0; i < count; i++)
      encode({ width: side, height: side, channels: 3, depth: 8, data: pixels });
    return (count / (performance.now() - start)) * 1000;
  });
  return Math.max(...rounds);
}

/** Events a second of a Python writer, or why there are none. */
function peerRate(peer: string, kind: string, count: number): number | string {
  if (!python) return "no Python";
  const script = fileURLToPath(new URL("./write_peers.py", import.meta.url));
  const args = [script, peer, kind, String(count), path.join(logdir, peer)];
  const answer = execFileSync(python, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const seconds = Number(answer);
  return Number.isNaN(seconds) ? answer : count / seconds;
}

const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString("en")}/s`;

const rows: string[][] = [];
let held = true;
for (const { name, count, loops, peers, bar } of SUBJECTS) {
  let least = Number.POSITIVE_INFINITY;
  for (const [what, loop] of Object.entries(loops)) {
    const measured = await rate(loop, count);
    least = Math.min(least, measured);
    rows.push([what, perSecond(measured), ""]);
  }
  for (const [peer, peerCount] of Object.entries(peers)) {
    const measured = peerRate(peer, name, peerCount);
    if (typeof measured === "string") rows.push([`${peer}, ${name}`, measured, ""]);
    else rows.push([`${peer}, ${name}`, perSecond(measured), `tsboard ${(least / measured).toFixed(1)}x`]);
  }
  const { perSecond: atLeast, what } = bar();
  const verdict = least >= atLeast ? "held" : "MISSED";
  held &&= least >= atLeast;
  rows.push([`bar: ${what}`, perSecond(atLeast), `${verdict}, ${(least / atLeast).toFixed(2)} of it`]);
}
report("write", {
  title: "Writing",
  how: `From the first event to the closed file, through the public API; best of ${ROUNDS} rounds.`,
  header: ["", "a second", ""],
  rows,
  notes: [python ? "TensorFlow writes eagerly, as tf.summary does." : "No Python: peers were not measured."],
});
rmSync(logdir, { recursive: true });
process.exitCode = held ? 0 : 1;

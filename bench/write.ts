/**
 * Scalars a second through the public API to a closed file, CRC and all, beside Python's writers in the same
 * run: `npx tsx bench/write.ts`. Peers are taken from TSBOARD_PYTHON, else .venv/bin/python. Also histograms
 * and images. Ends with code 1 under the bar of 1,000,000 scalars a second.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import { createFileWriter, type SummaryWriter, summary } from "../summary/index.ts";

const BAR = 1_000_000;
const ROUNDS = 3;
const here = path.dirname(fileURLToPath(import.meta.url));
const python = process.env.TSBOARD_PYTHON ?? path.join(here, "../.venv/bin/python");
const logdir = mkdtempSync(path.join(os.tmpdir(), "tsboard-bench-"));

type Loop = (writer: SummaryWriter, count: number) => void | Promise<void>;

const scalarLoops: Record<string, Loop> = {
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
  "summary.scalar, default writer and step"(writer, count) {
    writer.asDefault(() => {
      for (let step = 0; step < count; step++) {
        writer.step = step;
        summary.scalar("train/loss", step * 0.5);
      }
    });
  },
};

/** Best events a second of a few rounds, each from the first event to the closed file. */
async function rate(loop: Loop, count: number): Promise<number> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const writer = createFileWriter(logdir);
    const start = performance.now();
    await loop(writer, count);
    await writer.close();
    best = Math.max(best, (count / (performance.now() - start)) * 1000);
    rmSync(writer.path);
  }
  return best;
}

function row(what: string, perSecond: number, note = ""): void {
  console.log(`${what.padEnd(52)} ${Math.round(perSecond).toLocaleString("en").padStart(12)}/s  ${note}`);
}

function peerRate(name: string, count: number): number | string {
  if (!existsSync(python)) return `no Python at ${python}`;
  const args = [path.join(here, "write_peers.py"), name, String(count), path.join(logdir, name)];
  const answer = execFileSync(python, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const seconds = Number(answer);
  return Number.isNaN(seconds) ? answer : count / seconds;
}

let least = Number.POSITIVE_INFINITY;
for (const [name, loop] of Object.entries(scalarLoops)) {
  const perSecond = await rate(loop, 2_000_000);
  least = Math.min(least, perSecond);
  row(name, perSecond);
}
for (const [name, count] of [
  ["tensorboardX", 30_000],
  ["tensorboard", 50_000],
  ["tensorflow", 8_000],
] as const) {
  const perSecond = peerRate(name, count);
  if (typeof perSecond === "string") console.log(`${name.padEnd(52)} ${perSecond}`);
  else row(`${name} (Python)`, perSecond, `tsboard ${Math.round(least / perSecond)}x`);
}

const values = Float32Array.from({ length: 1000 }, () => Math.random());
row(
  "writer.histogram of 1,000 values",
  await rate((writer, count) => {
    for (let step = 0; step < count; step++) writer.histogram("weights", values, { step });
  }, 20_000),
);

const side = 128;
const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i % side) + Math.random() * 8);
const images = await rate((writer, count) => {
  for (let step = 0; step < count; step++) writer.image("input", data, { step, shape: [side, side, 3] });
}, 200);
const start = performance.now();
for (let i = 0; i < 200; i++) encode({ width: side, height: side, channels: 3, depth: 8, data });
const encoder = 200_000 / (performance.now() - start);
row(
  "writer.image of 128 x 128 x 3",
  images,
  `${((100 * images) / encoder).toFixed(0)} % of the PNG encoder alone`,
);

rmSync(logdir, { recursive: true });
console.log(
  `least ${(least / 1e6).toFixed(2)} M scalars/s, bar ${BAR / 1e6} M: ${least >= BAR ? "held" : "MISSED"}`,
);
process.exitCode = least >= BAR ? 0 : 1;

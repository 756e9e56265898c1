/**
 * A training program that is killed at any moment: `crash-child.ts <logdir> <flushBytes>`. It logs events of
 * all sizes, one a step, and says on standard output after each flush how many steps are flushed, and on standard error
 * that it has begun.
 */
import fs from "node:fs";
import process from "node:process";
import { createFileWriter, type SummaryWriter } from "../../summary/index.ts";

/** Side of the images, whose pixels compress so badly that each is larger than most buffers. */
export const IMAGE_SIDE = 48;

/** Steps at most: then it waits. */
const MAX_STEPS = 4000;

/** What is logged at a step: mostly scalars, of 40 bytes; histograms, of 1 kB; images, of 7 kB. */
export function kindAt(step: number): "scalar" | "histogram" | "image" {
  if (step % 53 === 40) return "image";
  return step % 11 === 5 ? "histogram" : "scalar";
}

function log(writer: SummaryWriter, step: number): void {
  const kind = kindAt(step);
  if (kind === "scalar") writer.scalar("scalar", step, { step });
  else if (kind === "histogram") writer.histogram("histogram", [step, step], { step });
  else writer.image("image", noise(step), { step, shape: [IMAGE_SIDE, IMAGE_SIDE, 3] });
}

function noise(seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: IMAGE_SIDE * IMAGE_SIDE * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

async function main(logdir: string, flushBytes: number): Promise<void> {
  const writer = createFileWriter(logdir, { flushBytes });
  let started = false;
  // Where nobody kills it, it ends by itself.
  setTimeout(() => process.exit(1), 20_000);
  for (let step = 0; step < MAX_STEPS; step++) {
    log(writer, step);
    if (Math.random() > 0.1) continue;
    if (Math.random() < 0.5) writer.flushSync();
    else await writer.flush();
    // Synchronous: a kill must not take the word of a flush that was.
    fs.writeSync(1, `${step + 1}\n`);
    if (!started) console.error("started");
    started = true;
  }
}

if (process.argv.length > 2) await main(process.argv[2] ?? "", Number(process.argv[3]));

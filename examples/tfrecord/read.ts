/** Reads the digits back as a training would, shuffled and in batches, and logs what comes and how fast. */

import { createFileWriter } from "tsboard";
import { dataset, readRecords } from "tsboard/records";
import { type DigitBatch, toDigits } from "./digit.ts";

const batchSize = 128;
/** Batches between two points of the chart: single ones come in bursts, from what was read ahead. */
const measureEvery = 20;

export interface ReadSettings {
  /** Of the run. */
  readonly logdir: string;
  readonly epochs: number;
  readonly seed: number;
  /** Ends the reading early, with everything so far written. */
  readonly signal: AbortSignal;
}

/** Gives the first batch of the first epoch, and how often each digit was read. */
export async function readAndLog(
  files: readonly string[],
  { logdir, epochs, seed, signal }: ReadSettings,
): Promise<{ readonly first: DigitBatch | undefined; readonly perLabel: readonly number[] }> {
  const batches = dataset(() => readRecords(files))
    .shuffle(2000, seed)
    .batch(batchSize, true)
    .map(toDigits)
    .prefetch(2)
    .repeat(epochs);

  await using writer = createFileWriter(logdir, { flushMillis: 250 });
  const perLabel = new Array<number>(10).fill(0);
  let first: DigitBatch | undefined;
  let [step, start] = [0, performance.now()];
  for await (const batch of batches) {
    if (signal.aborted) break;
    first ??= batch;
    for (const label of batch.labels) perLabel[label]!++;
    if (++step % measureEvery > 0) continue;
    const seconds = (performance.now() - start) / 1000;
    writer.scalar("reading/digits_per_second", (measureEvery * batchSize) / seconds, { step });
    writer.image("batch", batch.images, { step, shape: [batchSize, 28, 28, 1], maxOutputs: 5 });
    writer.histogram("labels", batch.labels, { step, buckets: 10 });
    start = performance.now();
  }
  return { first, perLabel };
}

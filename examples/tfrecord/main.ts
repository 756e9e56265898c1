/**
 * The textbook's TFRecord files, `npm run example:tfrecord`: MNIST's digits are written as Examples into a few
 * compressed files, and read back shuffled and in batches, as a training would.
 */

import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { dataset, readRecords, writeRecords } from "tsboard/records";
import { type Digits, loadDataset } from "../mnist/data.ts";
import { type DigitBatch, pixels, toDigits, toExample } from "./digit.ts";

const shards = 4;
const batchSize = 128;

/** Every `shards`-th digit, from the first-th on, as an Example. */
function* shardOf(digits: Digits, first: number): Generator<Uint8Array> {
  for (let i = first; i < digits.count; i += shards)
    yield toExample(digits.images.subarray(i * pixels, (i + 1) * pixels), digits.labels[i]!);
}

/** Writes the digits into files named as TensorFlow's guides name them; gives their paths. */
async function write(digits: Digits, directory: string): Promise<string[]> {
  const files: string[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const file = path.join(directory, `digits-0000${shard}-of-0000${shards}.tfrecord.gz`);
    const count = await writeRecords(file, shardOf(digits, shard), { compression: "gzip" });
    console.log(`wrote ${path.basename(file)}: ${count} Examples, ${(await stat(file)).size} bytes`);
    files.push(file);
  }
  return files;
}

/** A digit in characters, one a pixel. */
function draw({ images }: DigitBatch, index: number): string {
  const ink = Array.from(images.subarray(index * pixels, (index + 1) * pixels), (value) =>
    " .:*#".charAt(Math.round(value * 4)),
  );
  return Array.from({ length: 28 }, (_, row) => ink.slice(row * 28, (row + 1) * 28).join("")).join("\n");
}

const directory = await mkdtemp(path.join(tmpdir(), "tsboard-tfrecord-"));
try {
  const { train } = await loadDataset(1);
  const files = await write(train, directory);

  const batches = dataset(() => readRecords(files))
    .shuffle(2000, 1)
    .batch(batchSize, true)
    .map(toDigits)
    .prefetch(2);

  for (const epoch of [1, 2]) {
    const perLabel = new Array<number>(10).fill(0);
    let first: DigitBatch | undefined;
    const start = performance.now();
    for await (const batch of batches) {
      first ??= batch;
      for (const label of batch.labels) perLabel[label]!++;
    }
    const read = perLabel.reduce((a, b) => a + b, 0);
    console.log(
      `\nepoch ${epoch}: ${read} digits in ${(performance.now() - start).toFixed(0)} ms, of each class ${perLabel.join(", ")}`,
    );
    if (first) console.log(`the first of its first batch is a ${first.labels[0]}:\n${draw(first, 0)}`);
  }
} finally {
  await rm(directory, { recursive: true });
}

/**
 * The textbook's TFRecord files, `npm run example:tfrecord`: MNIST's digits are written as Examples into a few
 * compressed files, and read back shuffled and in batches, as a training would. `-- --help` lists the options.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commonHelp, commonOptions, parseFlags, wholeNumber } from "../common/flags.ts";
import { runExample } from "../common/run.ts";
import { loadDataset } from "../mnist/data.ts";
import { type DigitBatch, pixels } from "./digit.ts";
import { readAndLog } from "./read.ts";
import { writeShards } from "./shards.ts";

/** A digit in characters, one a pixel. */
function draw({ images }: DigitBatch, index: number): string {
  const ink = Array.from(images.subarray(index * pixels, (index + 1) * pixels), (value) =>
    " .:*#".charAt(Math.round(value * 4)),
  );
  return Array.from({ length: 28 }, (_, row) => ink.slice(row * 28, (row + 1) * 28).join("")).join("\n");
}

await runExample({
  helpText: `Writes 8,000 digits into TFRecord files, reads them back as a training would, and shows how fast in tsboard.

usage: npm run example:tfrecord -- [options]

  --epochs N             times that the files are read (default: 10)
${commonHelp("tfrecord")}`,

  setUp(args) {
    const values = parseFlags(args, { epochs: { type: "string", default: "10" } });
    return { ...commonOptions("tfrecord", values), epochs: wholeNumber("--epochs", values.epochs, 1) };
  },

  async run(options, signal) {
    const directory = await mkdtemp(path.join(tmpdir(), "tsboard-tfrecord-"));
    try {
      const { train } = await loadDataset(options.seed);
      const files = await writeShards(train, directory);
      const logdir = path.join(options.logdir, "pipeline");
      const { first, perLabel } = await readAndLog(files, { ...options, logdir, signal });
      const read = perLabel.reduce((a, b) => a + b, 0);
      console.log(`read ${read} digits, of each class ${perLabel.join(", ")}`);
      if (first) console.log(`the first of the first batch is a ${first.labels[0]}:\n${draw(first, 0)}`);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
});

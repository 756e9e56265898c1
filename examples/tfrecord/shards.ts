/** MNIST's digits as the textbook keeps them: Examples in a few compressed TFRecord files. */

import { stat } from "node:fs/promises";
import path from "node:path";
import { writeRecords } from "tsboard/records";
import type { Digits } from "../mnist/data.ts";
import { pixels, toExample } from "./digit.ts";

const shards = 4;

/** Writes the digits into files named as TensorFlow's guides name them; gives their paths. */
export async function writeShards(digits: Digits, directory: string): Promise<string[]> {
  const files: string[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const file = path.join(directory, `digits-0000${shard}-of-0000${shards}.tfrecord.gz`);
    const count = await writeRecords(file, shardOf(digits, shard), { compression: "gzip" });
    console.log(`wrote ${path.basename(file)}: ${count} Examples, ${(await stat(file)).size} bytes`);
    files.push(file);
  }
  return files;
}

/** Every `shards`-th digit, from the first-th on, as an Example. */
function* shardOf(digits: Digits, first: number): Generator<Uint8Array> {
  for (let i = first; i < digits.count; i += shards)
    yield toExample(digits.images.subarray(i * pixels, (i + 1) * pixels), digits.labels[i]!);
}

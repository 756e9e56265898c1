/** The textbook's TFRecord files: digits that were written are read back, whole and in batches, and the reading is logged. */
import path from "node:path";
import { expect, test } from "vitest";
import { loadDataset } from "../../examples/mnist/data.ts";
import { pixels, toDigits, toExample } from "../../examples/tfrecord/digit.ts";
import { readAndLog } from "../../examples/tfrecord/read.ts";
import { dataset, readRecords, writeRecords } from "../../records/index.ts";
import { readEvents, scalarsOf } from "../summary/event-files.ts";
import { temporaryDirectory } from "../tools/records.ts";

test("digits come back from their file, to the precision of a byte", async () => {
  const { validation } = await loadDataset(1);
  const imageOf = (i: number) => validation.images.subarray(i * pixels, (i + 1) * pixels);
  const file = path.join(temporaryDirectory(), "digits.tfrecord.gz");
  const examples = Array.from(validation.labels, (label, i) => toExample(imageOf(i), label));
  await writeRecords(file, examples, { compression: "gzip" });
  let seen = 0;
  for await (const { images, labels } of dataset(() => readRecords(file))
    .batch(64)
    .map(toDigits)) {
    for (const [i, label] of labels.entries()) {
      expect(label).toBe(validation.labels[seen]);
      const expected = imageOf(seen++);
      const error = expected.reduce(
        (most, ink, p) => Math.max(most, Math.abs(ink - images[i * pixels + p]!)),
        0,
      );
      expect(error).toBeLessThan(1 / 500);
    }
  }
  expect(seen).toBe(1000);
});

test("three epochs are read in batches, and the chart has how fast", async () => {
  const { validation } = await loadDataset(1);
  const directory = temporaryDirectory();
  const files = ["a.tfrecord.gz", "b.tfrecord.gz"].map((name) => path.join(directory, name));
  for (const [i, file] of files.entries()) {
    const half = Array.from({ length: 500 }, (_, j) => 2 * j + i);
    const examples = half.map((at) =>
      toExample(validation.images.subarray(at * pixels, (at + 1) * pixels), validation.labels[at]!),
    );
    await writeRecords(file, examples, { compression: "gzip" });
  }
  const logdir = path.join(directory, "logs");
  const signal = new AbortController().signal;
  const { first, perLabel } = await readAndLog(files, { logdir, epochs: 3, seed: 1, signal });

  // 1,000 digits are 7 batches of 128 and a rest that is left out; every twentieth batch is a point.
  expect(perLabel.reduce((a, b) => a + b, 0)).toBe(3 * 7 * 128);
  for (const count of perLabel) expect(count).toBeGreaterThan(200);
  expect(first?.labels).toHaveLength(128);
  const events = readEvents(logdir);
  const points = scalarsOf(events);
  expect(points.map(({ tag, step }) => [tag, step])).toEqual([["reading/digits_per_second", 20]]);
  for (const { value } of points) expect(value).toBeGreaterThan(0);
  const tags = events.flatMap((event) => event.summary?.value?.map(({ tag }) => tag) ?? []);
  expect(tags).toEqual(expect.arrayContaining(["batch", "labels"]));
});

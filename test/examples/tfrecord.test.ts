/** The textbook's TFRecord files: digits that were written are read back, whole and in batches. */
import path from "node:path";
import { expect, test } from "vitest";
import { loadDataset } from "../../examples/mnist/data.ts";
import { pixels, toDigits, toExample } from "../../examples/tfrecord/digit.ts";
import { dataset, readRecords, writeRecords } from "../../records/index.ts";
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

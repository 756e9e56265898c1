/** To TensorFlow.js's tensors and `tf.data`, and back into Examples; with the real ones. */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import * as tfData from "@tensorflow/tfjs-data";
import { beforeAll, describe, expect, test } from "vitest";
import {
  dataset,
  decodeExample,
  encodeExample,
  examplesOfTfData,
  fixedLenFeature,
  floatFeature,
  fromTfData,
  int64Feature,
  parseExample,
  parseExampleBatch,
  raggedFeature,
  readRecords,
  tensorFeatures,
  toTensors,
  toText,
  toTfData,
  varLenFeature,
  writeRecords,
} from "../../records/index.ts";
import { gatheringStream } from "./chunks.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const specs = {
  pixels: fixedLenFeature([2, 2], "float32"),
  label: fixedLenFeature([], "int64"),
  name: fixedLenFeature([], "string"),
};
const digit = (label: number) =>
  encodeExample({
    pixels: Float32Array.of(label, 0, 0.5, 1),
    label: int64Feature(label),
    name: `digit ${label}`,
  });

describe("parsed features as tensors", () => {
  test("dense", async () => {
    const { pixels, label, name } = toTensors(tf, parseExample(digit(7), specs));
    expect([pixels.shape, pixels.dtype, await pixels.array()]).toEqual([
      [2, 2],
      "float32",
      [
        [7, 0],
        [0.5, 1],
      ],
    ]);
    expect([label.shape, label.dtype, await label.array()]).toEqual([[], "int32", 7]);
    expect([name.dtype, await name.array()]).toEqual(["string", "digit 7"]);
  });

  test("sparse, ready for sparseToDense", async () => {
    const records = [[1, 2], [], [3]].map((values) => encodeExample({ x: floatFeature(values) }));
    const { x } = toTensors(tf, parseExampleBatch(records, { x: varLenFeature("float32") }));
    const dense = tf.sparseToDense(x.indices, x.values, (await x.denseShape.data()) as never, 0);
    expect(await dense.array()).toEqual([
      [1, 2],
      [0, 0],
      [3, 0],
    ]);
  });

  test("ragged", async () => {
    const records = [[1, 2], [], [3]].map((values) => encodeExample({ x: int64Feature(values) }));
    const { x } = toTensors(tf, parseExampleBatch(records, { x: raggedFeature("int64") }));
    expect(await x.values.array()).toEqual([1, 2, 3]);
    expect(await Promise.all(x.rowSplits.map((splits) => splits.array()))).toEqual([[0, 2, 2, 3]]);
  });

  test("integers that int32 does not hold are refused, naming the feature", () => {
    const parsed = parseExample(encodeExample({ id: 2n ** 40n }), { id: fixedLenFeature([], "int64") });
    expect(() => toTensors(tf, parsed)).toThrow(
      'feature "id" holds 1099511627776, which TensorFlow.js\'s int32 does not',
    );
  });
});

test("a TFRecord file feeds tf.data, which shuffles, batches and trains with it", async () => {
  const { stream, bytes } = gatheringStream();
  await writeRecords(stream, [0, 1, 2, 3, 4].map(digit), { compression: "gzip" });
  const ours = dataset(() => readRecords(bytes())).map((record) => {
    const { pixels, label } = toTensors(tf, parseExample(record, specs));
    return { xs: pixels, ys: label };
  });
  const theirs = toTfData(tfData, ours).batch(2);
  const shapes: unknown[] = [];
  const labels: number[] = [];
  await theirs.forEachAsync((batch) => {
    const { xs, ys } = batch as { xs: tf.Tensor; ys: tf.Tensor };
    shapes.push(xs.shape);
    labels.push(...ys.dataSync());
  });
  expect(shapes).toEqual([
    [2, 2, 2],
    [2, 2, 2],
    [1, 2, 2],
  ]);
  expect(labels).toEqual([0, 1, 2, 3, 4]);
  // And again from the start, as every epoch of `fitDataset` does.
  expect(await theirs.toArray()).toHaveLength(3);
});

describe("a tf.data dataset", () => {
  test("is written to a TFRecord file, and its tensors are disposed", async () => {
    const elements = tfData.generator(function* () {
      for (let i = 0; i < 3; i++)
        yield {
          pixels: tf.tensor2d([i, 0, 0.5, 1], [2, 2]),
          label: tf.scalar(i, "int32"),
          bright: tf.tensor1d([true, false], "bool"),
          name: tf.tensor1d([`digit ${i}`], "string"),
          weight: 0.5,
        };
    });
    const before = tf.memory().numTensors;
    const { stream, bytes } = gatheringStream();
    expect(await writeRecords(stream, examplesOfTfData(elements))).toBe(3);
    expect(tf.memory().numTensors).toBe(before);
    const records = await dataset(() => readRecords(bytes())).toArray();
    const parsed = parseExampleBatch(records, { ...specs, bright: fixedLenFeature([2], "int64") });
    expect(parsed.pixels.data.slice(4, 8)).toEqual(Float32Array.of(1, 0, 0.5, 1));
    expect(parsed.label.data).toEqual(BigInt64Array.of(0n, 1n, 2n));
    expect(parsed.bright.data).toEqual(BigInt64Array.of(1n, 0n, 1n, 0n, 1n, 0n));
    expect(parsed.name.data.map(toText)).toEqual(["digit 0", "digit 1", "digit 2"]);
    expect(decodeExample(records[0]!).get("weight")).toEqual(floatFeature(0.5));
  });

  test("is one of ours, with all that ours can do", async () => {
    const ours = fromTfData(tfData.array([1, 2, 3, 4]))
      .skip(1)
      .batch(2);
    expect(await ours.toArray()).toEqual([[2, 3], [4]]);
    expect(await ours.toArray()).toEqual([[2, 3], [4]]);
  });

  test("keeps bytes that are no text", async () => {
    const bytes = tf.tensor([Uint8Array.of(255, 0, 137)], [1], "string");
    expect(await tensorFeatures({ bytes })).toEqual({
      bytes: { kind: "bytes", values: [Uint8Array.of(255, 0, 137)] },
    });
  });

  test("whose elements have no names is refused in words", async () => {
    await expect(tensorFeatures(tf.scalar(1))).rejects.toThrow(/features have names: map each element/);
    await expect(tensorFeatures({ xs: { deep: 1 } })).rejects.toThrow('feature "xs" is neither a tensor nor');
  });
});

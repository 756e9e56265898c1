/** What a trace tells of memory: who allocated what, when it was freed, and what was alive. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { type Trace, trace } from "../../../summary/index.ts";
import { kernelsOf, lenet, nodesOf, statsOf } from "./steps.ts";

const memoryOf = (traced: Pick<Trace, "metadata">, name: string) => statsOf(traced).get(name)?.memory?.[0];
const bytesOf = (records: { allocBytes?: unknown }[] | null | undefined) =>
  (records ?? []).map(({ allocBytes }) => Number(allocBytes));

test("a kernel has what it allocated, and what became of it", async () => {
  const x = tf.ones([10]);
  const traced = await trace(tf, () => tf.tidy(() => tf.square(tf.neg(x))), { names: { x } });
  expect(memoryOf(traced, "Neg")).toMatchObject({
    allocatorName: "wasm",
    totalBytes: 40,
    peakBytes: 40,
    liveBytes: 40,
  });
  expect(bytesOf(memoryOf(traced, "Neg")?.allocationRecords)).toEqual([40, -40]);
  expect(bytesOf(memoryOf(traced, "Square")?.allocationRecords)).toEqual([40]);
  // It was there before: alive, but nothing that the step asked for.
  expect(memoryOf(traced, "x")).toMatchObject({ totalBytes: 0, liveBytes: 40 });
  expect(bytesOf(memoryOf(traced, "x")?.allocationRecords)).toEqual([40]);
});

test("a reshape shares its input's data", async () => {
  const x = tf.ones([4, 2]);
  const traced = await trace(tf, () => tf.square(tf.reshape(tf.neg(x), [8])), { names: { x } });
  const output = (name: string) => statsOf(traced).get(name)?.output?.[0]?.tensorDescription;
  expect(memoryOf(traced, "Reshape")).toBeUndefined();
  const allocation = (name: string) => output(name)?.allocationDescription;
  expect(allocation("Reshape")).toEqual(allocation("Neg"));
  expect(allocation("Reshape")).toMatchObject({ requestedBytes: 32, allocatorName: "wasm" });
  expect(allocation("Square")?.allocationId).not.toEqual(allocation("Neg")?.allocationId);
  expect(output("Reshape")?.shape?.dim?.map(({ size }) => Number(size))).toEqual([8]);
});

test("what a back end copies for a clone is of what is cloned", async () => {
  const x = tf.ones([8]);
  const traced = await trace(tf, () => tf.square(tf.clone(tf.neg(x))), { names: { x } });
  expect(memoryOf(traced, "Neg")).toMatchObject({ totalBytes: 64, peakBytes: 64, liveBytes: 64 });
  expect(bytesOf(memoryOf(traced, "Neg")?.allocationRecords)).toEqual([32, 32]);
});

test("what is alive over the step is what TensorFlow.js counts", async () => {
  const { model, step } = lenet(2);
  await step();
  const { kernels } = await tf.profile(async () => {
    await step();
    return tf.scalar(0);
  });
  const bytes = tf.memory().numBytes;
  const traced = await trace(tf, step, { model });
  const stats = statsOf(traced);
  const allocated = kernelsOf(traced).reduce(
    (sum, { name }) => sum + Number(stats.get(name)?.memory?.[0]?.totalBytes ?? 0),
    0,
  );
  // Clones are counted there as often as they are made, and reshaped tensors.
  expect(allocated).toBeLessThan(kernels.reduce((sum, { bytesAdded }) => sum + bytesAdded, 0));
  // All that was allocated and freed, added up: what is alive after the step is what was alive before.
  const before = new Set(["VariableV2", "Placeholder"]);
  const sources = new Set(nodesOf(traced).flatMap(({ name, op }) => (before.has(op) ? [name] : [])));
  const records = [...stats.values()].flatMap(({ nodeName, memory }) =>
    (memory ?? []).flatMap(({ allocationRecords }) =>
      (allocationRecords ?? []).map(({ allocBytes, allocMicros }) => ({
        isBefore: sources.has(nodeName ?? ""),
        bytes: Number(allocBytes),
        micros: Number(allocMicros),
      })),
    ),
  );
  expect(tf.memory().numBytes).toBe(bytes);
  const after = records.reduce((sum, { bytes }) => sum + bytes, 0);
  const there = records
    .filter(({ isBefore, bytes }) => isBefore && bytes > 0)
    .reduce((sum, { bytes }) => sum + bytes, 0);
  expect(after).toBe(there);
  const peak = Math.max(
    ...kernelsOf(traced).map(({ name }) => Number(stats.get(name)?.memory?.[0]?.allocatorBytesInUse ?? 0)),
  );
  expect(peak).toBeGreaterThan(bytes);
});

test("text is counted as TensorFlow.js does", async () => {
  const traced = await trace(tf, () => tf.reshape(tf.tensor1d(["ab", "c"]), [2, 1]));
  expect(nodesOf(traced).map(({ op }) => op)).toEqual(["Const", "Reshape"]);
  expect(statsOf(traced).get("Const")?.output?.[0]?.tensorDescription?.dtype).toBe(7);
});

/** What a traced step says of time and outputs of each kernel. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { trace } from "../../../summary/index.ts";
import { kernelsOf, lenet, nodesOf, statsOf } from "./steps.ts";

/** A traced step, and what it took, ms. */
async function timed({ model, step }: ReturnType<typeof lenet>) {
  let wall = 0;
  const traced = await trace(
    tf,
    async () => {
      const start = performance.now();
      await step();
      wall = performance.now() - start;
    },
    { model },
  );
  return { traced, wall };
}

test("every node but assignments has them, one a kernel, with its outputs", async () => {
  const { model, step } = lenet(2);
  const traced = await trace(tf, step, { model });
  const devices = traced.metadata.stepStats?.devStats ?? [];
  expect(devices.map(({ device }) => device)).toEqual(["/job:wasm/replica:0/task:0/device:CPU:0"]);
  const all = devices[0]?.nodeStats ?? [];
  const expected = nodesOf(traced).filter(({ op }) => op !== "Assign");
  expect(all.map(({ nodeName }) => nodeName)).toEqual(expected.map(({ name }) => name));
  const stats = statsOf(traced);
  const conv = stats.get("c1/Conv2D");
  expect(conv?.output?.[0]?.tensorDescription).toMatchObject({ dtype: pb.DataType.DT_FLOAT });
  expect(conv?.timelineLabel).toBe("c1/Conv2D = Conv2D(pad/PadV2, c1/kernel)");
  for (const { name } of kernelsOf(traced)) {
    const { opStartRelNanos, opEndRelNanos, allEndRelNanos } = stats.get(name) ?? {};
    expect(Number(opEndRelNanos)).toBeGreaterThan(Number(opStartRelNanos));
    expect(Number(allEndRelNanos)).toBeGreaterThanOrEqual(Number(opEndRelNanos));
  }
  expect(Number(stats.get("c1/kernel")?.allEndRelMicros)).toBe(0);
});

test("one after the other: starts are in order, and times add up to no more than the step", async () => {
  const { traced, wall } = await timed(lenet(2));
  const stats = statsOf(traced);
  const times = kernelsOf(traced).map(({ name }) => stats.get(name));
  const starts = times.map((one) => Number(one?.allStartMicros));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  const sum = times.reduce((total, one) => total + Number(one?.allEndRelNanos) / 1e6, 0);
  expect(sum).toBeLessThanOrEqual(wall);
  expect(Math.abs(starts[0]! / 1000 - Date.now())).toBeLessThan(60_000);
});

test("the times of all nodes are the step: within ten in a hundred, at the best of several", async () => {
  // Large enough that what TensorFlow.js does between kernels is little beside them.
  const large = lenet(64);
  let best = 0;
  for (let i = 0; i < 8 && best < 0.9; i++) {
    const { traced, wall } = await timed(large);
    const nanos = [...statsOf(traced).values()].reduce(
      (sum, one) => sum + Number(one.allEndRelNanos ?? 0),
      0,
    );
    best = Math.max(best, nanos / 1e6 / wall);
  }
  expect(best).toBeGreaterThan(0.9);
  expect(best).toBeLessThanOrEqual(1);
});

test("a kernel that runs others has what it took itself, and theirs are in its scope", async () => {
  tf.registerKernel({
    kernelName: "Both",
    backendName: tf.getBackend(),
    kernelFunc: ({ inputs }) => {
      const relu = tf.relu(inputs.x as tf.Tensor);
      return tf.neg(relu);
    },
  });
  const x = tf.ones([2]);
  const traced = await trace(tf, () => tf.square(tf.engine().runKernel("Both", { x }) as tf.Tensor), {
    names: { x },
  });
  tf.unregisterKernel("Both", tf.getBackend());
  expect(nodesOf(traced).map(({ name, input }) => [name, ...input])).toEqual([
    ["x"],
    ["Both", "x", "^Both/Neg"],
    ["Both/Relu", "x"],
    ["Both/Neg", "Both/Relu"],
    ["Square", "Both"],
  ]);
});

/** TensorFlow.js after a trace is as it was before, whatever happened in between; and what cannot be traced. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { nameScope, TraceError, trace, ValueError } from "../../../summary/index.ts";
import { kernelsOf, lenet, namesOf, ownProperties } from "./steps.ts";

test("TensorFlow.js is as it was, and so is a model", async () => {
  const { model, step } = lenet(1);
  const parts = [tf.engine(), tf.SGDOptimizer.prototype, tf.AdamOptimizer.prototype, model, ...model.layers];
  const before = parts.map(ownProperties);
  const inside: unknown[] = [];
  await trace(tf, () => inside.push(ownProperties(tf.engine())), { model });
  expect(inside).not.toEqual([before[0]]);
  await trace(tf, step, { model });
  expect(parts.map(ownProperties)).toEqual(before);
});

test("also where the function throws, at once or later, or a kernel does", async () => {
  const before = ownProperties(tf.engine());
  const wrong = () => tf.tidy("scope", () => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3])));
  await expect(trace(tf, wrong)).rejects.toThrow("inner shapes");
  const later = async () => {
    await Promise.resolve();
    throw new Error("later");
  };
  await expect(trace(tf, later)).rejects.toThrow("later");
  tf.registerKernel({
    kernelName: "Broken",
    backendName: tf.getBackend(),
    kernelFunc: () => {
      throw new Error("no such thing");
    },
  });
  const survives = () => {
    try {
      tf.engine().runKernel("Broken", { x: tf.ones([1]) });
    } catch {
      return tf.neg(tf.ones([1]));
    }
  };
  expect(kernelsOf(await trace(tf, survives)).map(({ op }) => op)).toEqual(["Neg"]);
  tf.unregisterKernel("Broken", tf.getBackend());
  expect(ownProperties(tf.engine())).toEqual(before);
  expect(kernelsOf(await trace(tf, () => tf.neg(1)))).toHaveLength(1);
});

test("a trace in a trace is refused, and one beside another; the first goes on", async () => {
  const outer = trace(tf, async () => {
    const inner = await trace(tf, () => tf.neg(1)).catch((error: unknown) => error);
    tf.square(2);
    return inner;
  });
  await expect(trace(tf, () => tf.neg(1))).rejects.toThrow(TraceError);
  const { result, ...traced } = await outer;
  expect(result).toBeInstanceOf(TraceError);
  expect(String(result)).toContain("a step is traced already");
  expect(kernelsOf(traced).map(({ op }) => op)).toEqual(["Square"]);
});

test("an asynchronous function is traced to its end, with its name scopes", async () => {
  const traced = await trace(tf, async () => {
    const loss = await nameScope("first", async () => {
      const value = tf.square(2);
      await value.data();
      return tf.neg(value);
    });
    return tf.relu(loss);
  });
  expect(namesOf(traced).filter((name) => !name.includes("Const"))).toEqual([
    "first/Square",
    "first/Neg",
    "Relu",
  ]);
});

test("what is none is refused in words", async () => {
  await expect(trace({} as never, () => 0)).rejects.toThrow("tracing takes TensorFlow.js itself");
  await expect(trace({ engine: () => ({}) }, () => 0)).rejects.toThrow("cannot be traced");
  await expect(trace(tf, 5 as never)).rejects.toThrow(ValueError);
  await expect(trace(tf, () => 0, { model: {} as never })).rejects.toThrow("model of TensorFlow.js's layers");
  await expect(trace(tf, () => 0, { names: { x: {} } })).rejects.toThrow("names.x is a tensor");
  expect(() => nameScope("", () => 0)).toThrow("a name scope has a name");
  expect(nameScope("untraced", () => 5)).toBe(5);
});

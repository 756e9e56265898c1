/** Names of a traced step's nodes: what is a scope, and what its variables are called. */
import * as tf from "@tensorflow/tfjs-core";
import { layers, model as modelOf, sequential } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import { nameScope, trace } from "../../../summary/index.ts";
import { namesOf } from "./steps.ts";

test("tidy's names, our own and TensorFlow.js's operations of several kernels are scopes, made unique", async () => {
  const x = tf.tensor1d([1, 2]);
  const traced = await trace(tf, () => {
    const block = (input: tf.Tensor) => tf.tidy("block", () => tf.relu(tf.neg(input)));
    const y = block(block(x));
    return nameScope("outer/inner", () => tf.logSumExp(y));
  });
  expect(namesOf(traced).filter((name) => !name.includes("Const"))).toEqual([
    "input",
    "block/Neg",
    "block/Relu",
    "block_1/Neg",
    "block_1/Relu",
    "outer/inner/Max",
    "outer/inner/Sub",
    "outer/inner/Exp",
    "outer/inner/Sum",
    "outer/inner/Log",
    "outer/inner/Reshape",
    "outer/inner/Add",
  ]);
});

test("what no node's name may have is replaced", async () => {
  const names = namesOf(await trace(tf, () => tf.tidy("_Höhe (m)", () => tf.neg(tf.neg(1)))));
  expect(names).toEqual(["H_he__m_/Const", "H_he__m_/Neg", "H_he__m_/Neg_1"]);
});

test("variables without names are in the scope that uses them first", async () => {
  const weights = tf.variable(tf.ones([2, 2]));
  const biases = tf.variable(tf.ones([2]));
  const named = tf.variable(tf.ones([2]), true, "scale/gamma");
  const step = () =>
    tf.tidy("layer1", () => tf.mul(tf.add(tf.matMul(tf.ones([1, 2]), weights), biases), named));
  expect(namesOf(await trace(tf, step))).toEqual(
    expect.arrayContaining(["layer1/Variable", "layer1/Variable_1", "scale/gamma"]),
  );
  expect(namesOf(await trace(tf, step, { names: { "layer1/weights": weights } }))).toContain(
    "layer1/weights",
  );
  named.dispose();
});

test("a layer that is called twice is two scopes with one set of weights; a model in a model is a scope", async () => {
  const inner = sequential({
    name: "encoder",
    layers: [layers.dense({ name: "code", units: 2, inputShape: [3] })],
  });
  const [a, b] = [layers.input({ name: "a", shape: [3] }).shape && modelInput("a"), modelInput("b")];
  const sum = layers.add({ name: "sum" }).apply([inner.apply(a), inner.apply(b)] as never) as never;
  const model = modelOf({ inputs: [a, b] as never, outputs: sum });
  const batch = tf.ones([1, 3]);
  const names = namesOf(await trace(tf, () => model.predict([batch, batch]), { model }));
  expect(names).toEqual(
    expect.arrayContaining([
      "encoder/code/kernel",
      "encoder/code/FusedMatMul",
      "encoder_1/code/FusedMatMul",
      "sum/Add",
    ]),
  );
  expect(names.filter((name) => name.endsWith("kernel"))).toHaveLength(1);
});

test("cells of recurrent layers and what wrappers wrap are scopes", async () => {
  const model = sequential({
    layers: [
      layers.bidirectional({
        name: "both",
        layer: layers.lstm({ name: "lstm", units: 2, recurrentInitializer: "ones" }) as never,
        mergeMode: "concat",
        inputShape: [2, 3],
      }),
      layers.dense({ name: "last", units: 1 }),
    ],
  });
  const names = namesOf(await trace(tf, () => model.predict(tf.ones([1, 2, 3])), { model }));
  for (const way of ["forward", "backward"])
    expect(names).toEqual(
      expect.arrayContaining([
        `both/${way}_lstm/kernel`,
        `both/${way}_lstm/lstm/SplitV`,
        // The cell's second step.
        `both/${way}_lstm/lstm_1/SplitV`,
      ]),
    );
});

test("TensorFlow.js that has layers tells of them without a model", async () => {
  const whole = { ...tf, layers: { ...layers } };
  const dense = layers.dense({ name: "alone", units: 2, inputShape: [3] });
  const names = namesOf(await trace(whole, () => dense.apply(tf.ones([1, 3]))));
  expect(names).toEqual(expect.arrayContaining(["alone/kernel", "alone/FusedMatMul"]));
});

function modelInput(name: string): tf.Tensor {
  return layers.input({ name, shape: [3] }) as unknown as tf.Tensor;
}

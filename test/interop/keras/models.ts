/** The models of oracle/keras_callback.py in TensorFlow.js: the same layers, weights, data and options of the callback. */
import * as tf from "@tensorflow/tfjs-core";
import {
  input,
  type LayersModel,
  layers,
  type ModelCompileArgs,
  model,
  SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import type { CallbackOptions } from "../../../summary/index.ts";

/** Inputs or outputs of so many examples. */
type Examples = (count: number) => tf.Tensor | tf.Tensor[];

export interface TrainedModel {
  readonly model: LayersModel;
  readonly inputs: Examples;
  readonly outputs: Examples;
  readonly options: CallbackOptions;
}

/** Numbers that the oracle makes too. */
function wave(shape: readonly number[], start = 0): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, (_, i) => Math.sin(start + i)),
    [...shape],
  );
}

function oneHot(count: number, classes: number): tf.Tensor {
  const labels = tf.tensor1d(
    Int32Array.from({ length: count }, (_, i) => i % classes),
    "int32",
  );
  return tf.cast(tf.oneHot(labels, classes), "float32");
}

const numbers: Examples = (count) => wave([count, 1]);
const fours: Examples = (count) => wave([count, 4]);

/** What comes out of a layer, or a model, for symbolic tensors. */
export function call(
  layer: { apply(inputs: SymbolicTensor | SymbolicTensor[]): unknown },
  inputs: SymbolicTensor | SymbolicTensor[],
): SymbolicTensor {
  const output = layer.apply(inputs);
  if (output instanceof SymbolicTensor) return output;
  throw new Error("one output expected");
}

const dense = layers.dense;
const x = () => input({ name: "x", shape: [4] });

const mlp = (): TrainedModel => ({
  model: sequential({
    name: "mlp",
    layers: [
      dense({ name: "hidden", inputShape: [4], units: 5, activation: "relu" }),
      dense({ name: "out", units: 3, activation: "softmax" }),
    ],
  }),
  inputs: fours,
  outputs: (count) => oneHot(count, 3),
  options: { histogramFreq: 1, writeImages: true, writeStepsPerSecond: true, updateFreq: "batch" },
});

const lenet5 = (): TrainedModel => ({
  model: sequential({
    name: "lenet5",
    layers: [
      layers.conv2d({ name: "c1", inputShape: [32, 32, 1], filters: 6, kernelSize: 5, activation: "tanh" }),
      layers.averagePooling2d({ name: "s2", poolSize: 2 }),
      layers.conv2d({ name: "c3", filters: 16, kernelSize: 5, activation: "tanh" }),
      layers.averagePooling2d({ name: "s4", poolSize: 2 }),
      layers.flatten({ name: "flatten" }),
      dense({ name: "f5", units: 120, activation: "tanh" }),
      dense({ name: "f6", units: 84, activation: "tanh" }),
      dense({ name: "output", units: 10, activation: "softmax" }),
    ],
  }),
  inputs: (count) => wave([count, 32, 32, 1]),
  outputs: (count) => oneHot(count, 10),
  options: { histogramFreq: 2, writeImages: true },
});

function twoInputs(): TrainedModel {
  const inputs = [x(), input({ name: "y", shape: [3] })];
  const branches = ["left", "right"].map((name, i) => call(dense({ name, units: 2 }), inputs[i]!));
  const both = call(layers.concatenate({ name: "both" }), branches);
  return {
    model: model({ name: "two_inputs", inputs, outputs: call(dense({ name: "sum", units: 1 }), both) }),
    inputs: (count) => [wave([count, 4]), wave([count, 3], 1)],
    outputs: numbers,
    options: { histogramFreq: 1, updateFreq: 2 },
  };
}

function twoOutputs(): TrainedModel {
  const inputs = x();
  const hidden = call(dense({ name: "common", units: 3, activation: "relu" }), inputs);
  const kind = call(dense({ name: "kind", units: 3, activation: "softmax" }), hidden);
  const size = call(dense({ name: "size", units: 1 }), hidden);
  return {
    model: model({ name: "two_outputs", inputs, outputs: [kind, size] }),
    inputs: fours,
    outputs: (count) => [oneHot(count, 3), wave([count, 1])],
    options: { updateFreq: "batch" },
  };
}

function shared(): TrainedModel {
  const inputs = x();
  const twin = dense({ name: "twin", units: 4, activation: "tanh" });
  const outputs = call(dense({ name: "end", units: 1 }), call(twin, call(twin, inputs)));
  return {
    model: model({ name: "shared", inputs, outputs }),
    inputs: fours,
    outputs: numbers,
    options: { histogramFreq: 1 },
  };
}

function nested(): TrainedModel {
  const i = input({ name: "i", shape: [4] });
  const code = call(dense({ name: "code", units: 3 }), call(dense({ name: "wide", units: 4 }), i));
  const encoder = model({ name: "encoder", inputs: i, outputs: code });
  const head = sequential({ name: "head", layers: [dense({ name: "narrow", inputShape: [2], units: 2 })] });
  const inputs = x();
  const middle = call(dense({ name: "middle", units: 2 }), call(encoder, inputs));
  const outputs = call(dense({ name: "last", units: 1 }), call(head, middle));
  return {
    model: model({ name: "nested", inputs, outputs }),
    inputs: fours,
    outputs: numbers,
    options: { histogramFreq: 1, writeImages: true },
  };
}

const text = (): TrainedModel => ({
  model: sequential({
    name: "text",
    layers: [
      layers.embedding({ name: "words", inputDim: 6, outputDim: 4, inputLength: 3 }),
      layers.flatten({ name: "line" }),
      dense({ name: "score", units: 1 }),
    ],
  }),
  inputs: (count) =>
    tf.tensor2d(
      Float32Array.from({ length: count * 3 }, (_, i) => i % 6),
      [count, 3],
    ),
  outputs: numbers,
  options: {
    histogramFreq: 1,
    embeddingsFreq: 1,
    embeddingsMetadata: { words: ["tea", "cat", "dog", "sun", "sea", "sky"] },
  },
});

/** By the names under which the oracle has them. */
export const models: Readonly<Record<string, () => TrainedModel>> = {
  mlp,
  lenet5,
  two_inputs: twoInputs,
  two_outputs: twoOutputs,
  shared,
  nested,
  text,
};

const compiled: Readonly<Record<string, Pick<ModelCompileArgs, "loss" | "metrics">>> = {
  mlp: { loss: "categoricalCrossentropy", metrics: ["accuracy"] },
  lenet5: { loss: "categoricalCrossentropy", metrics: ["accuracy"] },
  two_outputs: {
    loss: { kind: "categoricalCrossentropy", size: "meanSquaredError" },
    metrics: { kind: ["accuracy", "categoricalCrossentropy"] as never, size: ["mae"] as never },
  },
};

/** Both frameworks begin with the same weights. */
export function compileModel(name: string, trained: LayersModel): void {
  const weights = trained.getWeights().map((weight, i) => tf.mul(wave(weight.shape, i), 0.3));
  trained.setWeights(weights);
  const { loss, metrics } = compiled[name] ?? { loss: "meanSquaredError", metrics: ["mae"] };
  trained.compile({ optimizer: tf.train.sgd(0.05), loss, ...(metrics && { metrics }) });
}

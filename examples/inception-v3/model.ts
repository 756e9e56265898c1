/**
 * Inception-v3 (Szegedy et al., 2015, arXiv 1512.00567) in TensorFlow.js's layers, with the parameters of Keras's published
 * one: 23,851,784 with its classifier of 1,000 classes, 21,802,784 without.
 */

import type { SymbolicTensor } from "@tensorflow/tfjs-layers";
import { type LayersModel, layers, model } from "@tensorflow/tfjs-layers";

export interface InceptionOptions {
  /** Of the images, 75 at least. Default 299, as published. */
  readonly size?: number;
  /** Whether there is a classifier at the end. Default true. */
  readonly includeTop?: boolean;
  /** Default 1,000. */
  readonly classes?: number;
}

type Padding = "same" | "valid";

/** Takes images [count, size, size, 3]; gives probabilities [count, classes], or maps of features without the classifier. */
export function inceptionV3({
  size = 299,
  includeTop = true,
  classes = 1000,
}: InceptionOptions = {}): LayersModel {
  const inputs = layers.input({ name: "images", shape: [size, size, 3] });
  let x = stem(inputs);
  for (const [i, pooled] of [32, 64, 64].entries()) x = moduleA(`mixed${i}`, x, pooled);
  x = reductionA("mixed3", x);
  for (const [i, width] of [128, 160, 160, 192].entries()) x = moduleB(`mixed${i + 4}`, x, width);
  x = reductionB("mixed8", x);
  for (const name of ["mixed9", "mixed10"]) x = moduleC(name, x);
  if (includeTop) {
    x = apply(layers.globalAveragePooling2d({ name: "avg_pool" }), x);
    x = apply(layers.dense({ name: "predictions", units: classes, activation: "softmax" }), x);
  }
  return model({ name: "inception_v3", inputs, outputs: x });
}

/** From 299 x 299 x 3 to 35 x 35 x 192. */
function stem(images: SymbolicTensor): SymbolicTensor {
  let x = convolution("stem/conv1", images, 32, [3, 3], { strides: 2, padding: "valid" });
  x = convolution("stem/conv2", x, 32, [3, 3], { padding: "valid" });
  x = convolution("stem/conv3", x, 64, [3, 3]);
  x = maxPool("stem/pool1", x);
  x = convolution("stem/conv4", x, 80, [1, 1], { padding: "valid" });
  x = convolution("stem/conv5", x, 192, [3, 3], { padding: "valid" });
  return maxPool("stem/pool2", x);
}

/** Four branches: 1 x 1, 5 x 5, two 3 x 3, and pooling. */
function moduleA(name: string, x: SymbolicTensor, pooled: number): SymbolicTensor {
  const one = convolution(`${name}/branch1x1/conv`, x, 64, [1, 1]);
  let five = convolution(`${name}/branch5x5/conv1`, x, 48, [1, 1]);
  five = convolution(`${name}/branch5x5/conv2`, five, 64, [5, 5]);
  let three = convolution(`${name}/branch3x3/conv1`, x, 64, [1, 1]);
  for (const i of [2, 3]) three = convolution(`${name}/branch3x3/conv${i}`, three, 96, [3, 3]);
  return join(name, [one, five, three, pooling(name, x, pooled)]);
}

/** To half the height and width. */
function reductionA(name: string, x: SymbolicTensor): SymbolicTensor {
  const half = { strides: 2, padding: "valid" } as const;
  const one = convolution(`${name}/branch3x3/conv`, x, 384, [3, 3], half);
  let two = convolution(`${name}/branch3x3dbl/conv1`, x, 64, [1, 1]);
  two = convolution(`${name}/branch3x3dbl/conv2`, two, 96, [3, 3]);
  two = convolution(`${name}/branch3x3dbl/conv3`, two, 96, [3, 3], half);
  return join(name, [one, two, maxPool(`${name}/branch_pool/pool`, x)]);
}

/** Four branches, in which 7 x 7 is taken apart into 1 x 7 and 7 x 1. */
function moduleB(name: string, x: SymbolicTensor, width: number): SymbolicTensor {
  const one = convolution(`${name}/branch1x1/conv`, x, 192, [1, 1]);
  let seven = convolution(`${name}/branch7x7/conv1`, x, width, [1, 1]);
  seven = convolution(`${name}/branch7x7/conv2`, seven, width, [1, 7]);
  seven = convolution(`${name}/branch7x7/conv3`, seven, 192, [7, 1]);
  let twice = convolution(`${name}/branch7x7dbl/conv1`, x, width, [1, 1]);
  twice = convolution(`${name}/branch7x7dbl/conv2`, twice, width, [7, 1]);
  twice = convolution(`${name}/branch7x7dbl/conv3`, twice, width, [1, 7]);
  twice = convolution(`${name}/branch7x7dbl/conv4`, twice, width, [7, 1]);
  twice = convolution(`${name}/branch7x7dbl/conv5`, twice, 192, [1, 7]);
  return join(name, [one, seven, twice, pooling(name, x, 192)]);
}

/** To half the height and width again. */
function reductionB(name: string, x: SymbolicTensor): SymbolicTensor {
  const half = { strides: 2, padding: "valid" } as const;
  let three = convolution(`${name}/branch3x3/conv1`, x, 192, [1, 1]);
  three = convolution(`${name}/branch3x3/conv2`, three, 320, [3, 3], half);
  let seven = convolution(`${name}/branch7x7x3/conv1`, x, 192, [1, 1]);
  seven = convolution(`${name}/branch7x7x3/conv2`, seven, 192, [1, 7]);
  seven = convolution(`${name}/branch7x7x3/conv3`, seven, 192, [7, 1]);
  seven = convolution(`${name}/branch7x7x3/conv4`, seven, 192, [3, 3], half);
  return join(name, [three, seven, maxPool(`${name}/branch_pool/pool`, x)]);
}

/** Four branches, two of which end in 1 x 3 beside 3 x 1. */
function moduleC(name: string, x: SymbolicTensor): SymbolicTensor {
  const fork = (branch: string, from: SymbolicTensor): SymbolicTensor =>
    join(branch, [
      convolution(`${branch}/conv1x3`, from, 384, [1, 3]),
      convolution(`${branch}/conv3x1`, from, 384, [3, 1]),
    ]);
  const one = convolution(`${name}/branch1x1/conv`, x, 320, [1, 1]);
  const three = convolution(`${name}/branch3x3/conv`, x, 384, [1, 1]);
  let twice = convolution(`${name}/branch3x3dbl/conv1`, x, 448, [1, 1]);
  twice = convolution(`${name}/branch3x3dbl/conv2`, twice, 384, [3, 3]);
  const forks = [fork(`${name}/branch3x3`, three), fork(`${name}/branch3x3dbl`, twice)];
  return join(name, [one, ...forks, pooling(name, x, 192)]);
}

/** Convolution, batch normalisation without a scale, ReLU. */
function convolution(
  name: string,
  x: SymbolicTensor,
  filters: number,
  kernelSize: [number, number],
  { strides = 1, padding = "same" }: { readonly strides?: number; readonly padding?: Padding } = {},
): SymbolicTensor {
  const sums = layers.conv2d({ name, filters, kernelSize, strides, padding, useBias: false });
  const normalised = layers.batchNormalization({ name: `${name}_bn`, scale: false });
  return apply(
    layers.activation({ name: `${name}_relu`, activation: "relu" }),
    apply(normalised, apply(sums, x)),
  );
}

function pooling(name: string, x: SymbolicTensor, filters: number): SymbolicTensor {
  const pool = layers.averagePooling2d({
    name: `${name}/branch_pool/pool`,
    poolSize: 3,
    strides: 1,
    padding: "same",
  });
  return convolution(`${name}/branch_pool/conv`, apply(pool, x), filters, [1, 1]);
}

function maxPool(name: string, x: SymbolicTensor): SymbolicTensor {
  return apply(layers.maxPooling2d({ name, poolSize: 3, strides: 2 }), x);
}

function join(name: string, branches: SymbolicTensor[]): SymbolicTensor {
  return apply(layers.concatenate({ name: `${name}/concat`, axis: 3 }), branches);
}

/** Layers give what they were given: of symbolic tensors, one. */
function apply(
  layer: { apply(x: SymbolicTensor | SymbolicTensor[]): unknown },
  x: SymbolicTensor | SymbolicTensor[],
): SymbolicTensor {
  return layer.apply(x) as SymbolicTensor;
}

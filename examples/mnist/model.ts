/**
 * The textbook's network in plain TensorFlow.js: 784 pixels, 500 hidden nodes, 10 outputs; its loss and its accuracy.
 */

import * as tf from "@tensorflow/tfjs-core";
import { nameScope } from "tsboard";
import { pixels } from "./data.ts";

export const inputNodes = pixels;
export const hiddenNodes = 500;
export const outputNodes = 10;
/** The factor of L2 regularisation in the textbook's code (REGULARIZATION_RATE). */
export const regularisationRate = 0.0001;

/** One fully connected layer: variables, or the moving averages that stand in for them. */
export interface Layer {
  /** [inputs, outputs] */
  readonly weights: tf.Variable<tf.Rank.R2>;
  /** [outputs] */
  readonly biases: tf.Variable<tf.Rank.R1>;
}

/**
 * New variables: weights from a normal distribution (standard deviation 0.1, cut at 0.2), biases 0.1. Without the
 * hidden layer there is one layer of [784, 10]. A seed gives the same weights each time.
 */
export function createLayers(hiddenLayer: boolean, seed: number): Layer[] {
  const sizes = hiddenLayer ? [inputNodes, hiddenNodes, outputNodes] : [inputNodes, outputNodes];
  return sizes.slice(1).map((outputs, i) =>
    tf.tidy(() => ({
      weights: tf.variable(tf.truncatedNormal<tf.Rank.R2>([sizes[i]!, outputs], 0, 0.1, "float32", seed + i)),
      biases: tf.variable(tf.fill<tf.Rank.R1>([outputs], 0.1)),
    })),
  );
}

/** The variables of the layers, from the input to the output. */
export function variablesOf(layers: readonly Layer[]): tf.Variable[] {
  return layers.flatMap(({ weights, biases }) => [weights, biases]);
}

/** Images [count, 784] to logits [count, 10], with a ReLU between the layers where `relu` is set. */
export function inference(images: tf.Tensor2D, layers: readonly Layer[], relu: boolean): tf.Tensor2D {
  let x = images;
  for (const [i, { weights, biases }] of layers.entries()) {
    const isLast = i === layers.length - 1;
    x = nameScope(`layer${i + 1}`, () => {
      const sums = tf.add<tf.Tensor2D>(tf.matMul(x, weights), biases);
      return relu && !isLast ? tf.relu(sums) : sums;
    });
  }
  return x;
}

/** The mean over the batch of the cross entropy between labels [count, 10] (one-hot) and softmax of the logits. */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  return tf.losses.softmaxCrossEntropy<tf.Tensor2D, tf.Scalar>(labels, logits);
}

/** rate · Σ w² / 2 over all weights, not the biases, as tf.contrib.layers.l2_regularizer has it. */
export function l2Loss(layers: readonly Layer[], rate: number): tf.Scalar {
  const squares = layers.map(({ weights }) => tf.sum<tf.Scalar>(tf.square(weights)));
  return tf.mul(tf.addN(squares), rate / 2);
}

/** For how many of the images the largest logit [count, 10] is that of the label [count]. */
export function countCorrect(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.sum<tf.Scalar>(tf.equal(tf.argMax(logits, 1), labels));
}

/** A network with one hidden layer, of the size and with the activation that the session asks for. */

import * as tf from "@tensorflow/tfjs-core";
import { type Digits, pixels } from "../mnist/data.ts";
import type { Values } from "./space.ts";

const activations = { relu: tf.relu, tanh: tf.tanh };

export class Network {
  readonly #weights1: tf.Variable<tf.Rank.R2>;
  readonly #biases1: tf.Variable<tf.Rank.R1>;
  readonly #weights2: tf.Variable<tf.Rank.R2>;
  readonly #biases2: tf.Variable<tf.Rank.R1>;
  readonly #activation: Values["activation"];
  readonly #optimizer: tf.SGDOptimizer;

  constructor({ learning_rate, hidden_units, activation }: Values, seed: number) {
    const normal = (shape: [number, number], part: number) =>
      tf.tidy(() => tf.variable(tf.truncatedNormal<tf.Rank.R2>(shape, 0, 0.1, "float32", seed + part)));
    const zeros = (size: number) => tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size])));
    this.#weights1 = normal([pixels, hidden_units], 0);
    this.#biases1 = zeros(hidden_units);
    this.#weights2 = normal([hidden_units, 10], 1);
    this.#biases2 = zeros(10);
    this.#activation = activation;
    this.#optimizer = tf.train.sgd(learning_rate);
  }

  /** Takes a step of gradient descent; gives the cross entropy before it. */
  train(digits: Digits): number {
    return tf.tidy(() => {
      const oneHot = tf.cast(tf.oneHot(tf.tensor1d(digits.labels, "int32"), 10), "float32");
      const loss = this.#optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(oneHot, this.#logits(digits)),
        true,
      );
      return loss?.dataSync()[0] ?? Number.NaN;
    });
  }

  /** The share of digits that are read correctly, 0 to 1. */
  accuracy(digits: Digits): number {
    return tf.tidy(() => {
      const read = tf.equal(tf.argMax(this.#logits(digits), 1), tf.tensor1d(digits.labels, "int32"));
      return tf.sum(read).dataSync()[0]! / digits.count;
    });
  }

  dispose(): void {
    tf.dispose([this.#weights1, this.#biases1, this.#weights2, this.#biases2]);
    this.#optimizer.dispose();
  }

  #logits({ images, count }: Digits): tf.Tensor2D {
    const sums = tf.add(tf.matMul(tf.tensor2d(images, [count, pixels]), this.#weights1), this.#biases1);
    const hidden = activations[this.#activation]<tf.Tensor2D>(sums as tf.Tensor2D);
    return tf.add(tf.matMul(hidden, this.#weights2), this.#biases2);
  }
}

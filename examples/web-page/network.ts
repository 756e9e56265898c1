/** The textbook's network in a page: 784 pixels, a hidden layer with ReLU, 10 outputs; one step, and its accuracy. */
// tfjs-core alone knows no gradients.
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import { type DigitBatch, pixels } from "../tfrecord/digit.ts";

const hiddenNodes = 100;
const learningRate = 0.3;

export class Network {
  readonly #weights1 = tf.variable(tf.truncatedNormal([pixels, hiddenNodes], 0, 0.1, "float32", 1));
  readonly #biases1 = tf.variable(tf.fill([hiddenNodes], 0.1));
  readonly #weights2 = tf.variable(tf.truncatedNormal([hiddenNodes, 10], 0, 0.1, "float32", 2));
  readonly #biases2 = tf.variable(tf.fill([10], 0.1));
  readonly #optimizer = tf.train.sgd(learningRate);

  /** Variables by the name under which they are shown. */
  get variables(): Readonly<Record<string, tf.Variable>> {
    return { "layer1/weights": this.#weights1, "layer2/weights": this.#weights2 };
  }

  /** A step of gradient descent; gives the cross entropy before it. */
  train(digits: DigitBatch): number {
    return tf.tidy(() => {
      const { images, labels } = toTensors(digits);
      const oneHot = tf.cast(tf.oneHot(labels, 10), "float32");
      const loss = this.#optimizer.minimize(
        () => tf.mean<tf.Scalar>(tf.losses.softmaxCrossEntropy(oneHot, this.#logits(images))),
        true,
      );
      return loss?.dataSync()[0] ?? Number.NaN;
    });
  }

  /** The share of digits that are read correctly, 0 to 1. */
  accuracy(digits: DigitBatch): number {
    return tf.tidy(() => {
      const { images, labels } = toTensors(digits);
      const read = tf.argMax(this.#logits(images), 1);
      return tf.mean(tf.cast(tf.equal(read, labels), "float32")).dataSync()[0] ?? Number.NaN;
    });
  }

  #logits(images: tf.Tensor2D): tf.Tensor {
    const hidden = tf.relu(tf.add(tf.matMul(images, this.#weights1), this.#biases1));
    return tf.add(tf.matMul(hidden, this.#weights2), this.#biases2);
  }
}

function toTensors({ images, labels }: DigitBatch): { images: tf.Tensor2D; labels: tf.Tensor1D } {
  return { images: tf.tensor2d(images, [labels.length, pixels]), labels: tf.tensor1d(labels, "int32") };
}

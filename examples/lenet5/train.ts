/** Trains LeNet-5 on real digits with `model.fit`, and logs it as Keras would. */

import * as tf from "@tensorflow/tfjs-core";
import { callback } from "tsboard";
import { type Digits, loadDataset } from "../mnist/data.ts";
import { lenet5 } from "./model.ts";

export interface TrainSettings {
  /** Gets the runs `train` and `validation`. */
  readonly logdir: string;
  /** Passes over the digits. */
  readonly epochs: number;
  /** Digits to train with, 8,000 at most. */
  readonly digits: number;
}

/** Returns the share, 0 to 1, of 1,000 test digits that it reads after the training. */
export async function trainLenet5({ logdir, epochs, digits }: TrainSettings): Promise<number> {
  const dataset = await loadDataset(1);
  const model = lenet5();
  model.compile({ optimizer: tf.train.adam(0.002), loss: "categoricalCrossentropy", metrics: ["accuracy"] });

  const board = callback(logdir, { model, updateFreq: "batch", histogramFreq: 1, writeImages: true });
  const shown = { step: 0, shape: [10, 28, 28, 1], maxOutputs: 10 };
  board.writer("train").image("digits", dataset.train.images.subarray(0, 10 * 28 * 28), shown);

  const train = toTensors(dataset.train, digits);
  const validation = toTensors(dataset.validation);
  await model.fit(train.images, train.labels, {
    epochs,
    batchSize: 100,
    validationData: [validation.images, validation.labels],
    callbacks: board,
    verbose: 0,
  });

  const test = toTensors(dataset.test);
  const [, accuracy] = model.evaluate(test.images, test.labels) as tf.Scalar[];
  return (await accuracy!.data<"float32">())[0]!;
}

/** The first so many. */
function toTensors(digits: Digits, count = digits.count): { images: tf.Tensor4D; labels: tf.Tensor2D } {
  const images = tf.tensor4d(digits.images.subarray(0, count * 28 * 28), [count, 28, 28, 1]);
  const labels = tf.oneHot(tf.tensor1d(digits.labels.subarray(0, count), "int32"), 10) as tf.Tensor2D;
  return { images, labels };
}

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
  /** Of the split into training, validation and test digits. Default 1. */
  readonly seed?: number;
  /** Ends the training early, with everything so far written. */
  readonly signal?: AbortSignal;
}

/** Returns the share, 0 to 1, of 1,000 test digits that it reads after the training. */
export async function trainLenet5(settings: TrainSettings): Promise<number> {
  const { logdir, epochs, digits, seed = 1, signal } = settings;
  const dataset = await loadDataset(seed);
  const model = lenet5();
  signal?.addEventListener("abort", () => {
    model.stopTraining = true;
  });
  model.compile({ optimizer: tf.train.adam(0.002), loss: "categoricalCrossentropy", metrics: ["accuracy"] });

  const board = callback(logdir, {
    model,
    tf,
    // Two steps are traced, the second when everything is warm: what ran is the graph, with its time and memory.
    profileSteps: [1, 10],
    updateFreq: "batch",
    histogramFreq: 1,
    writeImages: true,
  });
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

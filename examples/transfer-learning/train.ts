/**
 * Transfer learning on real digits: features are learnt on 0 to 4 and frozen, and a new head learns 5 to 9 with them; beside
 * it the same network learns 5 to 9 from scratch, with the same digits and as many passes.
 */

import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { Sequential } from "@tensorflow/tfjs-layers";
import { callback } from "tsboard";
import { type Digits, loadDataset, take } from "../mnist/data.ts";
import { classes, classifier, featureLayers } from "./model.ts";

export interface TransferSettings {
  /** Gets a folder for each training: `features`, `transfer` and `from-scratch`. */
  readonly logdir: string;
  /** Passes over the digits. */
  readonly epochs: number;
  /** How many of 0 to 4 there are to learn features with. Default 2,000. */
  readonly featureDigits?: number;
  /** How many digits of 5 to 9 there are to learn with; transfer is for when they are few. */
  readonly digits: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Told when a training ends. */
  readonly onResult?: (result: TransferResult) => void;
}

export interface TransferResult {
  readonly training: "features" | "transfer" | "from-scratch";
  /** That were trained. */
  readonly parameters: number;
  readonly seconds: number;
  /** Share of test digits that are read, 0 to 1. */
  readonly accuracy: number;
}

/** Gives the three results, in the order of `training`. */
export async function trainTransfer(settings: TransferSettings): Promise<TransferResult[]> {
  const { digits, seed, featureDigits = 2000 } = settings;
  const dataset = await loadDataset(seed);
  const low = { train: between(dataset.train, 0, featureDigits), test: between(dataset.test, 0) };
  const high = { train: between(dataset.train, classes, digits), test: between(dataset.test, classes) };

  const features = featureLayers();
  const first = await train("features", classifier("features", features), low, settings);
  for (const layer of features) layer.trainable = false;
  const transfer = await train("transfer", classifier("transfer", features), high, settings);
  const scratch = await train("from-scratch", classifier("scratch", featureLayers()), high, settings);
  return [first, transfer, scratch];
}

interface Sets {
  readonly train: Digits;
  readonly test: Digits;
}

async function train(
  training: TransferResult["training"],
  model: Sequential,
  sets: Sets,
  { logdir, epochs, signal, onResult }: TransferSettings,
): Promise<TransferResult> {
  model.compile({ optimizer: tf.train.adam(), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  signal.addEventListener("abort", () => {
    model.stopTraining = true;
  });
  const [seen, test] = [toTensors(sets.train), toTensors(sets.test)];
  const board = callback(path.join(logdir, training), { model, tf, profileSteps: 3, histogramFreq: 1 });
  const start = performance.now();
  await model.fit(seen.images, seen.labels, {
    epochs: signal.aborted ? 0 : epochs,
    batchSize: 50,
    validationData: [test.images, test.labels],
    callbacks: board,
    verbose: 0,
  });
  const seconds = (performance.now() - start) / 1000;
  const [, share] = model.evaluate(test.images, test.labels) as tf.Scalar[];
  const accuracy = (await share?.data<"float32">())?.[0] ?? 0;
  const parameters = model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((a, b) => a * (b ?? 1), 1),
    0,
  );
  const result = { training, parameters, seconds, accuracy };
  onResult?.(result);
  return result;
}

/** The digits from `first` on, five kinds; the first so many of them. */
function between(digits: Digits, first: number, most = digits.count): Digits {
  const chosen = Array.from(digits.labels.keys()).filter(
    (i) => digits.labels[i]! >= first && digits.labels[i]! < first + classes,
  );
  const { images, labels, count } = take(digits, chosen.slice(0, most));
  return { images, labels: labels.map((label) => label - first), count };
}

function toTensors({ images, labels, count }: Digits): { images: tf.Tensor4D; labels: tf.Tensor2D } {
  return {
    images: tf.tensor4d(images, [count, 28, 28, 1]),
    labels: tf.oneHot(tf.tensor1d(labels, "int32"), classes) as tf.Tensor2D,
  };
}

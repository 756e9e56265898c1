/** One network in training: a step of gradient descent at a time, and its accuracy at any moment. */

import * as tf from "@tensorflow/tfjs-core";
import { nameScope } from "tsboard";
import type { Configuration } from "./configuration.ts";
import type { Digits } from "./data.ts";
import { baseLearningRate, decayedLearningRate } from "./learning-rate.ts";
import {
  countCorrect,
  createLayers,
  crossEntropy,
  inference,
  inputNodes,
  type Layer,
  l2Loss,
  outputNodes,
  regularisationRate,
  variablesOf,
} from "./model.ts";
import { MovingAverages } from "./moving-averages.ts";

/** What one step gives, all from before its update of the variables. */
export interface StepFigures {
  /** Cross entropy plus, where it is on, L2. */
  readonly loss: number;
  readonly crossEntropy: number;
  /** Absent without L2 regularisation. */
  readonly l2?: number;
  readonly learningRate: number;
}

export class Training {
  readonly configuration: Configuration;
  readonly layers: readonly Layer[];
  readonly #averages: MovingAverages | undefined;
  readonly #optimizer = tf.train.sgd(baseLearningRate);
  #step = 0;

  constructor(configuration: Configuration, seed: number) {
    this.configuration = configuration;
    this.layers = createLayers(configuration.hiddenLayer, seed);
    this.#averages = configuration.movingAverages ? new MovingAverages(this.layers) : undefined;
  }

  /** Steps taken so far. */
  get step(): number {
    return this.#step;
  }

  /**
   * Takes one step on a batch. `observe` gets the gradients in the shape of `layers`; they are gone when it returns.
   */
  train(batch: Digits, observe?: (gradients: readonly Gradients[]) => void): StepFigures {
    const { relu, decay, l2 } = this.configuration;
    const learningRate = decay ? decayedLearningRate(this.#step) : baseLearningRate;
    const figures = tf.tidy(() => {
      // The names are those of the book's graph; they show where a step is traced.
      const { images, labels } = nameScope("input", () => toTensors(batch));
      let crossEntropyValue = 0;
      let l2Value: number | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const logits = inference(images, this.layers, relu);
        return nameScope("loss_function", () => {
          const oneHot = tf.cast(tf.oneHot(labels, outputNodes), "float32") as tf.Tensor2D;
          const dataLoss = crossEntropy(logits, oneHot);
          crossEntropyValue = read(dataLoss);
          if (!l2) return dataLoss;
          const weightLoss = nameScope("l2", () => l2Loss(this.layers, regularisationRate));
          l2Value = read(weightLoss);
          return tf.add<tf.Scalar>(dataLoss, weightLoss);
        });
      }, variablesOf(this.layers));
      observe?.(this.layers.map((layer) => gradientsOf(layer, grads)));
      this.#optimizer.setLearningRate(learningRate);
      this.#optimizer.applyGradients(grads);
      return {
        loss: read(value),
        crossEntropy: crossEntropyValue,
        ...(l2Value === undefined ? {} : { l2: l2Value }),
        learningRate,
      };
    });
    this.#step += 1;
    nameScope("moving_average", () => this.#averages?.update(this.#step));
    return figures;
  }

  /** All variables, by the names that they have in the graph of a step. */
  get names(): Record<string, tf.Variable> {
    const named = (layers: readonly Layer[], suffix: string) =>
      layers.flatMap(({ weights, biases }, i) => [
        [`layer${i + 1}/weights${suffix}`, weights] as const,
        [`layer${i + 1}/biases${suffix}`, biases] as const,
      ]);
    const averages = named(this.#averages?.layers ?? [], "_average");
    return Object.fromEntries([...named(this.layers, ""), ...averages]);
  }

  /** The share, 0 to 1, of the digits that the network reads right now: with the averages where they are on. */
  evaluate(digits: Digits): number {
    return tf.tidy(() => {
      const { images, labels } = toTensors(digits);
      const layers = this.#averages?.layers ?? this.layers;
      const logits = inference(images, layers, this.configuration.relu);
      return read(countCorrect(logits, labels)) / digits.count;
    });
  }

  /** What the network makes of the digits right now, before softmax: [count, 10], row by row. */
  outputs(digits: Digits): Float32Array {
    const layers = this.#averages?.layers ?? this.layers;
    return tf.tidy(() =>
      inference(toTensors(digits).images, layers, this.configuration.relu).dataSync<"float32">(),
    );
  }

  dispose(): void {
    for (const variable of variablesOf(this.layers)) variable.dispose();
    this.#averages?.dispose();
    this.#optimizer.dispose();
  }
}

/** The gradients of the loss with respect to one layer, in the layer's shapes. */
export interface Gradients {
  /** [inputs, outputs] */
  readonly weights: tf.Tensor;
  /** [outputs] */
  readonly biases: tf.Tensor;
}

function gradientsOf({ weights, biases }: Layer, grads: tf.NamedTensorMap): Gradients {
  return { weights: grads[weights.name]!, biases: grads[biases.name]! };
}

function toTensors({ images, labels, count }: Digits): { images: tf.Tensor2D; labels: tf.Tensor1D } {
  return { images: tf.tensor2d(images, [count, inputNodes]), labels: tf.tensor1d(labels, "int32") };
}

function read(scalar: tf.Scalar): number {
  return scalar.dataSync()[0]!;
}

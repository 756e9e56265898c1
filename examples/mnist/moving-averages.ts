/**
 * Moving averages of a network's variables: smoother than the variables, which jump with every batch, and so often
 * better on digits not seen before.
 */

import * as tf from "@tensorflow/tfjs-core";
import { type Layer, variablesOf } from "./model.ts";

export const movingAverageDecay = 0.99;

/** min(decay, (1 + n) / (10 + n)) after n updates: averages follow fast at first, as with TensorFlow's num_updates. */
export function averageDecay(updates: number, decay = movingAverageDecay): number {
  return Math.min(decay, (1 + updates) / (10 + updates));
}

/** Holds an average for each variable of some layers, the variable's own value at first. */
export class MovingAverages {
  /** The averages, to be used in place of the layers they were made for. */
  readonly layers: readonly Layer[];
  readonly #variables: readonly tf.Variable[];

  constructor(layers: readonly Layer[]) {
    this.#variables = variablesOf(layers);
    this.layers = layers.map(({ weights, biases }) => ({
      weights: tf.variable(weights, false),
      biases: tf.variable(biases, false),
    }));
  }

  /** average = d · average + (1 - d) · variable, once after each update of the variables; n counts them from 1. */
  update(n: number): void {
    const rest = 1 - averageDecay(n);
    tf.tidy(() => {
      for (const [i, average] of variablesOf(this.layers).entries()) {
        average.assign(tf.sub(average, tf.mul(tf.sub(average, this.#variables[i]!), rest)));
      }
    });
  }

  dispose(): void {
    for (const average of variablesOf(this.layers)) average.dispose();
  }
}

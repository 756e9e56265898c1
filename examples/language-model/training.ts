/** One language model in training: truncated back-propagation through time, clipped gradients, Adam. */

import * as tf from "@tensorflow/tfjs-core";
import { type Batch, batches } from "./corpus.ts";
import type { LanguageModel, State } from "./model.ts";

/** Gradients whose norm is larger are scaled down to this one. */
const largestNorm = 5;

/** What one step gives, all from before its update of the variables. */
export interface StepFigures {
  /** Cross entropy, nats a word. */
  readonly loss: number;
  /** Of all gradients together, before they are clipped. */
  readonly gradientNorm: number;
}

/** Adam, with a learning rate that can be changed: in TensorFlow.js only plain gradient descent has that. */
class Adam extends tf.AdamOptimizer {
  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }
}

export class Training {
  readonly model: LanguageModel;
  readonly #optimizer = new Adam(0.01, 0.9, 0.999);
  #state: State;

  /** @param rows of a batch */
  constructor(model: LanguageModel, rows: number) {
    this.model = model;
    this.#state = model.zeroState(rows);
  }

  /** Forgets what was read: the next batch begins a pass over the text. */
  restart(): void {
    const rows = this.#state.c.shape[0];
    this.#carry(this.model.zeroState(rows));
  }

  /**
   * Takes a step on a batch. The state is carried over from the batch before, the gradients are not: back-propagation
   * is truncated where the batch begins.
   */
  step(batch: Batch, learningRate: number): StepFigures {
    const { loss, norm, state } = tf.tidy(() => {
      let after = this.#state;
      const { value, grads } = tf.variableGrads(() => {
        const result = this.model.loss(batch, this.#state);
        after = { c: tf.keep(result.state.c), h: tf.keep(result.state.h) };
        return result.loss;
      }, Object.values(this.model.variables));
      const squares = Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)));
      const gradientNorm = read(tf.sqrt(tf.addN(squares)));
      const scale = Math.min(1, largestNorm / gradientNorm);
      this.#optimizer.setLearningRate(learningRate);
      this.#optimizer.applyGradients(
        Object.entries(grads).map(([name, gradient]) => ({ name, tensor: tf.mul(gradient, scale) })),
      );
      return { loss: read(value), norm: gradientNorm, state: after };
    });
    this.#carry(state);
    return { loss, gradientNorm: norm };
  }

  dispose(): void {
    tf.dispose(this.#state);
    this.#optimizer.dispose();
  }

  #carry(state: State): void {
    tf.dispose(this.#state);
    this.#state = state;
  }
}

/** The mean cross entropy, in nats a word, over a whole text. */
export function evaluate(model: LanguageModel, text: Int32Array, rows: number, length: number): number {
  return tf.tidy(() => {
    let state = model.zeroState(rows);
    const losses: number[] = [];
    for (const batch of batches(text, rows, length)) {
      const next = model.loss(batch, state);
      losses.push(read(next.loss));
      state = next.state;
    }
    return losses.reduce((a, b) => a + b, 0) / losses.length;
  });
}

function read(scalar: tf.Tensor): number {
  return scalar.dataSync()[0]!;
}

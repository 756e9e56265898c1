/** The language model: words as vectors, a layer of LSTM, and a softmax over the words that may come next. */

import * as tf from "@tensorflow/tfjs-core";
import type { Batch } from "./corpus.ts";

/** What the LSTM remembers, [rows, units] each. */
export type State = {
  readonly c: tf.Tensor2D;
  readonly h: tf.Tensor2D;
};

export type Prediction = {
  /** [rows * length, words] */
  readonly logits: tf.Tensor2D;
  /** After the last word. */
  readonly state: State;
};

export class LanguageModel {
  readonly units: number;
  /** By the name under which they are shown. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly #embedding: tf.Variable<tf.Rank.R2>;
  readonly #kernel: tf.Variable<tf.Rank.R2>;
  readonly #bias: tf.Variable<tf.Rank.R1>;
  readonly #weights: tf.Variable<tf.Rank.R2>;
  readonly #biases: tf.Variable<tf.Rank.R1>;

  /**
   * @param words how many there are
   * @param units of the LSTM, and dimensions of a word's vector
   */
  constructor(words: number, units: number, seed: number) {
    this.units = units;
    const uniform = (shape: [number, number], part: number) =>
      tf.tidy(() => tf.variable(tf.randomUniform<tf.Rank.R2>(shape, -0.1, 0.1, "float32", seed + part)));
    const zeros = (size: number) => tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size])));
    this.#embedding = uniform([words, units], 0);
    this.#kernel = uniform([2 * units, 4 * units], 1);
    this.#bias = zeros(4 * units);
    this.#weights = uniform([units, words], 2);
    this.#biases = zeros(words);
    this.variables = {
      embedding: this.#embedding,
      "lstm/kernel": this.#kernel,
      "lstm/bias": this.#bias,
      "softmax/weights": this.#weights,
      "softmax/biases": this.#biases,
    };
  }

  /** Nothing remembered. */
  zeroState(rows: number): State {
    return { c: tf.zeros([rows, this.units]), h: tf.zeros([rows, this.units]) };
  }

  /** Reads on in each row of words [rows, length]. */
  predict(words: tf.Tensor2D, { c, h }: State): Prediction {
    const forgetBias = tf.scalar(1);
    const outputs: tf.Tensor2D[] = [];
    for (const word of tf.unstack(words, 1)) {
      const vector = tf.gather<tf.Tensor2D>(this.#embedding, tf.cast(word as tf.Tensor1D, "int32"));
      [c, h] = tf.basicLSTMCell(forgetBias, this.#kernel, this.#bias, vector, c, h);
      outputs.push(h);
    }
    const hidden = tf.reshape<tf.Rank.R2>(tf.stack(outputs, 1), [-1, this.units]);
    return { logits: tf.add(tf.matMul(hidden, this.#weights), this.#biases), state: { c, h } };
  }

  /** The mean cross entropy, in nats a word, of predicting a batch's targets; `exp` of it is the perplexity. */
  loss({ inputs, targets }: Batch, state: State): { readonly loss: tf.Scalar; readonly state: State } {
    const rows = state.c.shape[0];
    const { logits, state: next } = this.predict(
      tf.tensor2d(inputs, [rows, inputs.length / rows], "int32"),
      state,
    );
    const oneHot = tf.oneHot(tf.tensor1d(targets, "int32"), logits.shape[1]);
    const loss = tf.losses.softmaxCrossEntropy<tf.Tensor2D, tf.Scalar>(
      tf.cast(oneHot, "float32") as tf.Tensor2D,
      logits,
    );
    return { loss, state: next };
  }

  dispose(): void {
    tf.dispose(this.variables);
  }
}

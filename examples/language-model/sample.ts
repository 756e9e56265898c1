/** Text that a language model makes up, word by word. */

import * as tf from "@tensorflow/tfjs-core";
import { random } from "../common/random.ts";
import { unknown } from "./corpus.ts";
import type { LanguageModel } from "./model.ts";

/** Below 1: likely words are drawn more often than the model would have it, which reads better. */
const temperature = 0.7;

/**
 * Draws a text: each word by the probability that the model gives it after those before.
 *
 * @param words what a number stands for, as `Corpus.words`
 * @param length of the text, in words and punctuation
 */
export function sample(model: LanguageModel, words: readonly string[], length: number, seed: number): string {
  const draw = random(seed);
  const text: string[] = [];
  let word = words.indexOf(".");
  let state = model.zeroState(1);
  while (text.length < length) {
    const next = tf.tidy(() => {
      const { logits, state: after } = model.predict(tf.tensor2d([[word]], [1, 1], "int32"), state);
      return { probabilities: tf.softmax(tf.div(logits, temperature)), state: after };
    });
    const probabilities = Float64Array.from(next.probabilities.dataSync());
    tf.dispose([state, next.probabilities]);
    state = next.state;
    probabilities[words.indexOf(unknown)] = 0;
    word = choose(probabilities, draw());
    text.push(words[word]!);
  }
  tf.dispose(state);
  return joined(text);
}

/** The index at which the sum of the weights passes a share, 0 to 1, of their total. */
function choose(weights: Float64Array, share: number): number {
  let rest = share * weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/** Words with a space between them, but none before punctuation. */
function joined(text: readonly string[]): string {
  return text.join(" ").replaceAll(/ ([.,;:!?])/g, "$1");
}

/** Softmax regression in plain TypeScript: ten weighted sums of a digit's pixels, and the rule that improves them. */

import { type Digits, pixels } from "../mnist/data.ts";

const classes = 10;

export class SoftmaxRegression {
  /** [10, 784] */
  readonly weights = new Float32Array(classes * pixels);
  /** [10] */
  readonly biases = new Float32Array(classes);

  /** Takes a step of gradient descent on some digits; gives their mean cross entropy before it, in nats. */
  step({ images, labels, count }: Digits, learningRate: number): number {
    const probabilities = Array.from(labels, (_, i) => softmax(this.#scores(images, i)));
    for (const [i, all] of probabilities.entries())
      for (const [digit, probability] of all.entries()) {
        // The gradient of the cross entropy with respect to the digit's score.
        const error = probability - (digit === labels[i] ? 1 : 0);
        this.#add(digit, images, i, (-learningRate * error) / count);
      }
    const losses = probabilities.map((all, i) => -Math.log(all[labels[i]!]!));
    return losses.reduce((a, b) => a + b, 0) / count;
  }

  /** The share, 0 to 1, of the digits that get their own class's score as the highest. */
  accuracy({ images, labels, count }: Digits): number {
    const correct = labels.filter((label, i) => {
      const scores = this.#scores(images, i);
      return scores.indexOf(Math.max(...scores)) === label;
    });
    return correct.length / count;
  }

  /** A score for each class: weights times the pixels of the i-th image, plus bias. */
  #scores(images: Float32Array, i: number): number[] {
    const { weights } = this;
    return Array.from(this.biases, (bias, digit) => {
      const [from, to] = [i * pixels, digit * pixels];
      let sum = bias;
      for (let pixel = 0; pixel < pixels; pixel++) sum += weights[to + pixel]! * images[from + pixel]!;
      return sum;
    });
  }

  /** Moves a class's weights towards the i-th image, or away from it. */
  #add(digit: number, images: Float32Array, i: number, amount: number): void {
    const { weights } = this;
    const [from, to] = [i * pixels, digit * pixels];
    for (let pixel = 0; pixel < pixels; pixel++) weights[to + pixel]! += amount * images[from + pixel]!;
    this.biases[digit]! += amount;
  }
}

/** Scores as probabilities. The largest is taken off first, so that none overflows. */
function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

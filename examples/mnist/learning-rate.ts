/** The learning rate: 0.1, decaying exponentially in stairs. */

export const baseLearningRate = 0.1;
export const decayRate = 0.96;
export const decaySteps = 100;

/** 0.1 · 0.96^⌊step / 100⌋, as tf.train.exponential_decay(0.1, step, 100, 0.96, staircase=True). */
export function decayedLearningRate(step: number): number {
  return baseLearningRate * decayRate ** Math.floor(step / decaySteps);
}

/**
 * Skip-gram with negative sampling (word2vec): a word's vector learns to tell its neighbours from words drawn at random.
 *
 * Plain TypeScript: a step touches six rows of two matrices, which is too little work for a call of TensorFlow.js.
 */

/** Words drawn at random for each neighbour. */
const negatives = 5;
/** Entries of the table from which they are drawn. */
const tableSize = 1 << 20;

export class SkipGram {
  readonly dimensions: number;
  /** [words, dimensions] */
  readonly vectors: Float32Array;
  /** [words, dimensions]: what a neighbour's vector is compared with. */
  readonly #contexts: Float32Array;
  readonly #table: Int32Array;
  readonly #draw: () => number;
  readonly #change: Float32Array;

  /**
   * @param counts how often each word occurs
   * @param draw gives random numbers in [0, 1)
   */
  constructor(counts: readonly number[], dimensions: number, draw: () => number) {
    this.dimensions = dimensions;
    this.vectors = Float32Array.from(
      { length: counts.length * dimensions },
      () => (draw() - 0.5) / dimensions,
    );
    this.#contexts = new Float32Array(counts.length * dimensions);
    this.#table = negativeTable(counts);
    this.#draw = draw;
    this.#change = new Float32Array(dimensions);
  }

  /** Learns that two words stand near each other; gives the loss before that, in nats. */
  learn(word: number, neighbour: number, learningRate: number): number {
    this.#change.fill(0);
    let loss = this.#compare(word, neighbour, 1, learningRate);
    for (let i = 0; i < negatives; i++) {
      const other = this.#table[Math.floor(this.#draw() * tableSize)]!;
      if (other !== neighbour) loss += this.#compare(word, other, 0, learningRate);
    }
    const from = word * this.dimensions;
    for (let i = 0; i < this.dimensions; i++) this.vectors[from + i]! += this.#change[i]!;
    return loss;
  }

  /** One logistic regression: `label` is whether the other word is a neighbour. Changes its context vector. */
  #compare(word: number, other: number, label: 0 | 1, learningRate: number): number {
    const { vectors, dimensions } = this;
    const [contexts, change] = [this.#contexts, this.#change];
    const [a, b] = [word * dimensions, other * dimensions];
    let score = 0;
    for (let i = 0; i < dimensions; i++) score += vectors[a + i]! * contexts[b + i]!;
    const probability = 1 / (1 + Math.exp(-score));
    const rate = (label - probability) * learningRate;
    for (let i = 0; i < dimensions; i++) {
      change[i]! += rate * contexts[b + i]!;
      contexts[b + i]! += rate * vectors[a + i]!;
    }
    // -log of the probability that was given to the truth, without overflow where that is tiny.
    return Math.log1p(Math.exp(label === 1 ? -score : score));
  }
}

/** Words in proportion to their counts to the power of 3/4, as in word2vec's paper. */
function negativeTable(counts: readonly number[]): Int32Array {
  const weights = counts.map((count) => count ** 0.75);
  const total = weights.reduce((a, b) => a + b, 0);
  const table = new Int32Array(tableSize);
  let filled = 0;
  let share = 0;
  for (const [word, weight] of weights.entries()) {
    share += weight / total;
    table.fill(word, filled, Math.round(share * tableSize));
    filled = Math.round(share * tableSize);
  }
  return table;
}

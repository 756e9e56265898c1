/** A book for a language model: its words and punctuation as numbers, in batches, and a baseline to beat. */

import { readBook, tokensOf, vocabularyOf } from "../common/book.ts";

/** Stands for every word that is rarer than the vocabulary's. */
export const unknown = "<unk>";

export interface Corpus {
  /** What a number stands for; `unknown` is 0. */
  readonly words: readonly string[];
  /** The first nine tenths of the book. */
  readonly train: Int32Array;
  /** The last tenth. */
  readonly validation: Int32Array;
}

/** @param least how often a word must occur in the training text to be in the vocabulary */
export async function loadCorpus(book: string, least = 3): Promise<Corpus> {
  const tokens = tokensOf(await readBook(book));
  const cut = Math.floor(tokens.length * 0.9);
  const { words, ids } = vocabularyOf(tokens.slice(0, cut), least);
  const numbers = Int32Array.from(tokens, (token) => (ids.get(token) ?? -1) + 1);
  return { words: [unknown, ...words], train: numbers.subarray(0, cut), validation: numbers.subarray(cut) };
}

/** A stretch of the text for each row, and what follows each of its words. */
export interface Batch {
  /** [size, length] */
  readonly inputs: Int32Array;
  /** [size, length]: inputs, one word later. */
  readonly targets: Int32Array;
}

/**
 * Cuts the text into `size` rows and walks along all of them, `length` words at a time: a row of one batch goes on
 * where the same row of the batch before ended, so that a state can be carried over.
 */
export function* batches(text: Int32Array, size: number, length: number): Generator<Batch> {
  const row = Math.floor((text.length - 1) / size);
  for (let start = 0; start + length <= row; start += length) {
    const inputs = new Int32Array(size * length);
    const targets = new Int32Array(size * length);
    for (let i = 0; i < size; i++) {
      const from = i * row + start;
      inputs.set(text.subarray(from, from + length), i * length);
      targets.set(text.subarray(from + 1, from + length + 1), i * length);
    }
    yield { inputs, targets };
  }
}

/**
 * The perplexity of a model that knows nothing but how frequent each word is in the training text (one is added to
 * each count, so that no word is impossible).
 */
export function unigramPerplexity({ words, train, validation }: Corpus): number {
  const counts = new Float64Array(words.length).fill(1);
  for (const word of train) counts[word]!++;
  const total = train.length + words.length;
  const crossEntropy = validation.reduce((sum, word) => sum - Math.log(counts[word]! / total), 0);
  return Math.exp(crossEntropy / validation.length);
}

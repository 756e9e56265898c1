/** A book for word vectors: its frequent words as numbers, and the words around each of them. */

import { readBook, type Vocabulary, vocabularyOf, wordsOf } from "../common/book.ts";
import { shuffle } from "../common/random.ts";

/** Words that make up more of the text than this are left out now and then: "the" says little of its neighbours. */
const frequent = 1e-4;
/** How far apart two neighbours may stand. */
const window = 5;

export interface Corpus extends Vocabulary {
  /** The book without its rare words. */
  readonly text: Int32Array;
}

/** @param least how often a word must occur */
export async function loadCorpus(book: string, least = 20): Promise<Corpus> {
  const words = wordsOf(await readBook(book));
  const vocabulary = vocabularyOf(words, least);
  const text = Int32Array.from(words.flatMap((word) => vocabulary.ids.get(word) ?? []));
  return { ...vocabulary, text };
}

/** A word of the text, and the words around it. */
export interface Surroundings {
  readonly word: number;
  readonly neighbours: readonly number[];
  /** The share of the pass that is done, 0 to 1. */
  readonly progress: number;
}

/**
 * One pass over the text, in random order.
 *
 * @param draw gives random numbers in [0, 1)
 */
export function* surroundings({ text, counts }: Corpus, draw: () => number): Generator<Surroundings> {
  // A word of share f is kept with probability sqrt(frequent / f), as in word2vec's paper (Mikolov and others, 2013).
  const kept = text.filter((word) => draw() < Math.sqrt((frequent * text.length) / counts[word]!));
  const order = Int32Array.from(kept, (_, i) => i);
  shuffle(order, draw);
  for (const [done, at] of order.entries()) {
    // Near neighbours matter more: how far the surroundings reach is drawn anew for each word.
    const reach = 1 + Math.floor(draw() * window);
    const neighbours = [...kept.slice(Math.max(0, at - reach), at), ...kept.slice(at + 1, at + 1 + reach)];
    yield { word: kept[at]!, neighbours, progress: done / order.length };
  }
}

/** Trains word vectors on a book, and writes them after each pass: for the projector, and their neighbours as text. */

import { setImmediate as nextTurn } from "node:timers/promises";
import { createFileWriter } from "tsboard";
import { random } from "../common/random.ts";
import { type Corpus, surroundings } from "./corpus.ts";
import { nearest, normalised } from "./neighbours.ts";
import { SkipGram } from "./skip-gram.ts";

const firstLearningRate = 0.05;
/** Words of the text between two points of the charts. */
const logEvery = 2000;
/** Words whose neighbours are written, if the book has them. */
const shown = ["king", "sea", "bread", "gold", "sword", "woman", "three", "heaven", "moses", "jerusalem"];

export interface TrainSettings {
  /** Of the run. */
  readonly logdir: string;
  /** Passes over the text. */
  readonly passes: number;
  readonly dimensions: number;
  readonly seed: number;
  /** Ends the training early, with everything so far written. */
  readonly signal: AbortSignal;
  /** Is told after each pass what it has learned. */
  readonly onPass?: (pass: number, neighbours: readonly (readonly string[])[]) => void;
}

/** Trains; gives rows of a word and its nearest words. */
export async function train(corpus: Corpus, settings: TrainSettings): Promise<string[][]> {
  const { logdir, passes, dimensions, seed, signal } = settings;
  const draw = random(seed);
  const model = new SkipGram(corpus.counts, dimensions, draw);
  const metadata = { word: corpus.words, count: corpus.counts };
  await using writer = createFileWriter(logdir, { flushMillis: 250 });

  let step = 0;
  let learned: string[][] = [];
  for (let pass = 0; pass < passes && !signal.aborted; pass++) {
    const mean = new Mean();
    for (const { word, neighbours, progress } of surroundings(corpus, draw)) {
      const learningRate = firstLearningRate * Math.max(1e-4, 1 - (pass + progress) / passes);
      for (const neighbour of neighbours) mean.add(model.learn(word, neighbour, learningRate));
      if (++step % logEvery > 0) continue;
      writer.scalar("loss", mean.take(), { step });
      writer.scalar("schedule/learning_rate", learningRate, { step });
      // The page's requests and the writer get their turn.
      await nextTurn();
      if (signal.aborted) break;
    }
    learned = nearestOfShown(corpus, model);
    writer.text("neighbours", [["word", "nearest"], ...learned], { step });
    writer.histogram("vectors", model.vectors, { step });
    await writer.projector("words", model.vectors, {
      shape: [corpus.words.length, dimensions],
      metadata,
      step: pass + 1,
    });
    settings.onPass?.(pass + 1, learned);
  }
  return learned;
}

/** The five nearest of each word in `shown`, as rows of two columns. */
function nearestOfShown({ words, ids }: Corpus, { vectors, dimensions }: SkipGram): string[][] {
  const unit = normalised(vectors, dimensions);
  return shown.flatMap((word) => {
    const id = ids.get(word);
    if (id === undefined) return [];
    return [
      [
        word,
        nearest(unit, dimensions, id, 5)
          .map((other) => words[other])
          .join(", "),
      ],
    ];
  });
}

/** The mean of what was added since it was last taken. */
class Mean {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  take(): number {
    const mean = this.#sum / this.#count;
    this.#sum = 0;
    this.#count = 0;
    return mean;
  }
}

/** Trains the language model on a book, and writes what is worth seeing: losses, perplexities, and what it can say. */

import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createFileWriter, type SummaryWriter } from "tsboard";
import { batches, type Corpus, unigramPerplexity } from "./corpus.ts";
import { LanguageModel } from "./model.ts";
import { sample } from "./sample.ts";
import { evaluate, type StepFigures, Training } from "./training.ts";

/** Steps between two measurements on the validation text, and between two samples and histograms. */
const lookEvery = 25;

export interface TrainSettings {
  /** Gets the runs `lstm` and `unigram`. */
  readonly logdir: string;
  /** Passes over the training text. */
  readonly passes: number;
  /** Rows of a batch. */
  readonly rows: number;
  /** Words over which back-propagation goes. */
  readonly length: number;
  readonly units: number;
  readonly seed: number;
  /** Ends the training early, with everything so far written. */
  readonly signal: AbortSignal;
  /** Is told now and then how far the training has come. */
  readonly onProgress?: (line: string) => void;
}

/** Perplexities on the validation text. */
export interface TrainResult {
  readonly lstm: number;
  /** Of a model that only knows how frequent each word is. */
  readonly unigram: number;
}

/** 0.007 in the first pass over the text, and seven tenths of the pass before in each that follows. */
function learningRate(pass: number): number {
  return 0.007 * 0.7 ** pass;
}

export async function train(corpus: Corpus, settings: TrainSettings): Promise<TrainResult> {
  const { logdir, passes, rows, length, units, seed, signal } = settings;
  const steps = passes * Math.floor((corpus.train.length - 1) / rows / length);
  const unigram = unigramPerplexity(corpus);
  await writeBaseline(path.join(logdir, "unigram"), unigram, steps);

  const model = new LanguageModel(corpus.words.length, units, seed);
  const training = new Training(model, rows);
  await using writer = createFileWriter(path.join(logdir, "lstm"), { flushMillis: 250 });
  const look = (step: number): number => {
    const perplexity = writeValidation(writer, step, evaluate(model, corpus.validation, rows, length));
    writer.text("sample", sample(model, corpus.words, 60, seed), { step });
    for (const [name, variable] of Object.entries(model.variables))
      writer.histogram(name, variable, { step });
    settings.onProgress?.(`step ${step} of ${steps}: validation perplexity ${perplexity.toFixed(1)}`);
    return perplexity;
  };

  let step = 0;
  for (let pass = 0; pass < passes; pass++) {
    for (const batch of batches(corpus.train, rows, length)) {
      if (signal.aborted) break;
      if (step % lookEvery === 0) look(step);
      writeStep(writer, step, training.step(batch, learningRate(pass)), learningRate(pass));
      step++;
      // The page's requests and the writer get their turn between the steps.
      await nextTurn();
    }
    training.restart();
  }
  const lstm = look(step);
  training.dispose();
  model.dispose();
  return { lstm, unigram };
}

function writeStep(writer: SummaryWriter, step: number, figures: StepFigures, learningRate: number): void {
  writer.scalar("loss/train", figures.loss, { step });
  writer.scalar("perplexity/train", Math.exp(figures.loss), { step });
  writer.scalar("gradients/norm", figures.gradientNorm, { step });
  writer.scalar("schedule/learning_rate", learningRate, { step });
}

/** Writes the loss, in nats a word, and gives the perplexity. */
function writeValidation(writer: SummaryWriter, step: number, loss: number): number {
  const perplexity = Math.exp(loss);
  writer.scalar("loss/validation", loss, { step });
  writer.scalar("perplexity/validation", perplexity, { step });
  return perplexity;
}

/** A run that is a line in the chart: the perplexity to beat. */
async function writeBaseline(folder: string, perplexity: number, steps: number): Promise<void> {
  await using writer = createFileWriter(folder);
  for (const step of [0, steps]) writer.scalar("perplexity/validation", perplexity, { step });
}

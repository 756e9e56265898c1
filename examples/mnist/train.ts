/**
 * Trains several networks side by side: each step's batch goes to all of them before the next step begins, so their
 * curves grow together, from the first second, and differ in nothing but the optimisations.
 */

import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { NamedConfiguration } from "./configuration.ts";
import { batches, type Dataset, type Digits, take } from "./data.ts";
import { RunLog } from "./log.ts";
import { type Gradients, type StepFigures, Training } from "./training.ts";

/** Steps between two measurements of the accuracy. */
const accuracyEvery = 25;
/** Steps between two histograms of the variables. */
const distributionsEvery = 50;
/** Steps between two looks at single digits: those that were misread, and how sure the network was. */
const digitsEvery = 200;
/** Steps that are traced: early, and when everything is warm. */
const tracedSteps: readonly number[] = [1, 10];

export interface TrainSettings {
  /** Gets one folder a run. */
  readonly logdir: string;
  readonly steps: number;
  /** Digits a step. */
  readonly batch: number;
  readonly seed: number;
  /** For the text that each run writes: the back end's name. */
  readonly backend: string;
  /** Ends the training early, with everything so far written. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

/** Where a run has come to. */
export interface RunProgress {
  readonly run: string;
  /** Steps done. */
  readonly step: number;
  /** Of the last step's batch. */
  readonly loss: number;
  /** 0 to 1, on the validation digits, when it was last measured. */
  readonly accuracy: number;
}

/** How a run ended; accuracies are shares, 0 to 1. */
export interface RunResult {
  readonly run: string;
  readonly steps: number;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Trains the runs to their end or until the signal, writes their event files, and measures what they learned. */
export async function trainRuns(
  configurations: readonly NamedConfiguration[],
  dataset: Dataset,
  settings: TrainSettings,
): Promise<RunResult[]> {
  const runs = configurations.map((configuration) => new Run(configuration, dataset, settings));
  try {
    const batch = batches(dataset.train, settings.batch, settings.seed);
    for (let step = 0; step < settings.steps && !settings.signal.aborted; step++) {
      const digits = batch.next().value;
      for (const run of runs) {
        await run.step(digits);
        // A step holds the thread for some 8 ms; the page's requests and the writer get their turn after each.
        await nextTurn();
      }
    }
    return await Promise.all(runs.map((run) => run.finish()));
  } finally {
    await Promise.all(runs.map((run) => run.close()));
  }
}

/** A network in training together with its event file. */
class Run {
  readonly #name: string;
  readonly #training: Training;
  readonly #log: RunLog;
  readonly #dataset: Dataset;
  readonly #steps: number;
  /** The first 1,000 training digits: as many as there are to validate with, so measuring both takes as long. */
  readonly #seen: Digits;
  readonly #onProgress: TrainSettings["onProgress"];
  #accuracy = 0;

  constructor(configuration: NamedConfiguration, dataset: Dataset, settings: TrainSettings) {
    this.#name = configuration.name;
    this.#dataset = dataset;
    this.#steps = settings.steps;
    this.#seen = take(
      dataset.train,
      Array.from({ length: 1000 }, (_, i) => i),
    );
    this.#onProgress = settings.onProgress;
    this.#training = new Training(configuration, settings.seed);
    this.#log = new RunLog(path.join(settings.logdir, configuration.name));
    const { steps, batch, seed, backend } = settings;
    const shown = { steps: `${steps}`, "digits a step": `${batch}`, seed: `${seed}`, "back end": backend };
    this.#log.start(configuration, shown, dataset.train);
  }

  /** Takes a step on the batch; event files count steps from 0, with the figures from before each step's update. */
  async step(digits: Digits): Promise<void> {
    const step = this.#training.step;
    if (step % accuracyEvery === 0) this.#measure(step);
    if (step % digitsEvery === 0) this.#lookAtDigits(step);
    const observe = (gradients: readonly Gradients[]): void =>
      this.#log.distributions(step, this.#training.layers, gradients);
    const isTraced = tracedSteps.includes(step);
    const take = (): StepFigures =>
      this.#training.train(digits, step % distributionsEvery === 0 ? observe : undefined);
    const figures = isTraced ? await this.#log.trace(step, take, this.#training.names) : take();
    this.#log.step(step, figures);
    this.#onProgress?.({ run: this.#name, step: step + 1, loss: figures.loss, accuracy: this.#accuracy });
  }

  async finish(): Promise<RunResult> {
    const steps = this.#training.step;
    const measured = this.#measure(steps);
    this.#lookAtDigits(steps);
    const test = this.#training.evaluate(this.#dataset.test);
    this.#log.accuracy(steps, "test", test);
    await this.#log.outputs(this.#dataset.test, this.#training.outputs(this.#dataset.test));
    return { run: this.#name, steps, ...measured, test };
  }

  async close(): Promise<void> {
    const completed = this.#training.step === this.#steps;
    this.#training.dispose();
    await this.#log.close(completed);
  }

  #lookAtDigits(step: number): void {
    const { validation } = this.#dataset;
    this.#log.readings(step, validation, this.#training.outputs(validation));
  }

  #measure(step: number): { train: number; validation: number } {
    const train = this.#training.evaluate(this.#seen);
    const validation = this.#training.evaluate(this.#dataset.validation);
    this.#log.accuracy(step, "train", train);
    this.#log.accuracy(step, "validation", validation);
    this.#accuracy = validation;
    return { train, validation };
  }
}

/** Trains the network on real digits with TensorFlow.js, and writes the graph and its summaries as a session would. */

import { setImmediate as nextTurn } from "node:timers/promises";
import { v1 } from "tsboard";
import { configure } from "../mnist/configuration.ts";
import { batches, type Dataset } from "../mnist/data.ts";
import { Training } from "../mnist/training.ts";
import { buildGraph } from "./graph.ts";

/** Steps between two summaries. */
const summaryEvery = 10;

export interface TrainSettings {
  readonly logdir: string;
  readonly steps: number;
  /** Digits a step. */
  readonly batch: number;
  /** Of the weights and the batches. */
  readonly seed: number;
  /** Ends the training early, with everything so far written. */
  readonly signal?: AbortSignal;
}

export interface TrainResult {
  /** The event file. */
  readonly path: string;
  /** Nodes in the graph. */
  readonly operations: number;
  /** Steps taken. */
  readonly steps: number;
  /** Of the last step's batch. */
  readonly crossEntropy: number;
}

/** The graph is built and written first; then each step's results go into its variables and summaries. */
export async function trainAndWrite(dataset: Dataset, settings: TrainSettings): Promise<TrainResult> {
  const { graph, x, crossEntropy, variables, globalStep, averagesOp, learningRate, merged } = buildGraph();
  await using writer = new v1.summary.FileWriter(settings.logdir, graph);
  const training = new Training(
    configure(() => true),
    settings.seed,
  );
  const batch = batches(dataset.train, settings.batch, settings.seed);
  let last = Number.NaN;
  for (let step = 0; step < settings.steps && !settings.signal?.aborted; step++) {
    // The page's requests and the writer get their turn between the steps.
    await nextTurn();
    const digits = batch.next().value;
    const figures = training.train(digits);
    last = figures.crossEntropy;

    // What the optimiser of TensorFlow.js has done to its variables, ours hold too.
    const trained = training.layers.flatMap(({ weights, biases }) => [weights, biases]);
    for (const [i, variable] of variables.entries()) variable.load(trained[i]!);
    globalStep.load(step);
    averagesOp.run();

    if (step % summaryEvery > 0) continue;
    if (Math.abs(learningRate.eval() - figures.learningRate) > 1e-6)
      throw new Error(
        `step ${step}: the graph's rate is ${learningRate.eval()}, not ${figures.learningRate}`,
      );
    const feed = new Map<v1.Tensor, v1.Value>([
      [x, digits.images],
      [crossEntropy, figures.crossEntropy],
    ]);
    writer.addSummary(merged.eval(feed), step);
  }
  const { step: steps } = training;
  training.dispose();
  return { path: writer.path, operations: graph.getOperations().length, steps, crossEntropy: last };
}

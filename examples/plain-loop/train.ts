/** The loop: three of its lines log it. */

import { setImmediate as nextTurn } from "node:timers/promises";
import { createFileWriter } from "tsboard";
import { batches, loadDataset } from "../mnist/data.ts";
import { SoftmaxRegression } from "./softmax-regression.ts";

export interface TrainSettings {
  /** Of the run. */
  readonly logdir: string;
  readonly steps: number;
  /** Of the split and the batches. */
  readonly seed: number;
  /** Ends the training early, with everything so far written. */
  readonly signal: AbortSignal;
}

/** Trains on batches of 100 digits; gives the share, 0 to 1, of the test digits that are read in the end. */
export async function train({ logdir, steps, seed, signal }: TrainSettings): Promise<number> {
  const dataset = await loadDataset(seed);
  const digits = batches(dataset.train, 100, seed);
  const model = new SoftmaxRegression();

  await using writer = createFileWriter(logdir, { flushMillis: 250 });
  for (let step = 0; step < steps && !signal.aborted; step++) {
    const loss = model.step(digits.next().value, 0.2);
    writer.scalar("loss", loss, { step });
    if (step % 25 === 0) writer.scalar("accuracy/validation", model.accuracy(dataset.validation), { step });
    // The page's requests and the writer get their turn between the steps.
    await nextTurn();
  }
  return model.accuracy(dataset.test);
}

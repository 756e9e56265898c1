/** The sweep: its configuration is written once, above its sessions; each session is a run with a start and an end. */

import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createFileWriter } from "tsboard";
import { batches, type Dataset } from "../mnist/data.ts";
import { Network } from "./network.ts";
import { config, nameOf, sessions, type Values } from "./space.ts";

/** Steps between two measurements of the accuracy. */
const accuracyEvery = 20;
/** A session ends as a failure where its loss is more than this times that of its first step. */
const divergesAt = 10;

export interface SweepSettings {
  /** Gets a folder a session. */
  readonly logdir: string;
  /** Steps a session. */
  readonly steps: number;
  readonly seed: number;
  /** Ends the sweep early, with everything so far written. */
  readonly signal: AbortSignal;
  readonly onSession?: (result: SessionResult) => void;
}

export interface SessionResult {
  readonly name: string;
  /** `running`: the sweep was ended before the session. */
  readonly status: "success" | "failure" | "running";
  /** The share, 0 to 1, of the validation digits that were read when it was last measured. */
  readonly accuracy: number;
}

export async function sweep(dataset: Dataset, settings: SweepSettings): Promise<SessionResult[]> {
  const experiment = createFileWriter(settings.logdir);
  experiment.hparamsConfig(config);
  await experiment.close();

  const results: SessionResult[] = [];
  for (const values of sessions) {
    if (settings.signal.aborted) break;
    const result = await runSession(values, dataset, settings);
    settings.onSession?.(result);
    results.push(result);
  }
  return results;
}

async function runSession(values: Values, dataset: Dataset, settings: SweepSettings): Promise<SessionResult> {
  const { logdir, steps, seed, signal } = settings;
  const name = nameOf(values);
  const network = new Network(values, seed);
  await using writer = createFileWriter(path.join(logdir, name), { flushMillis: 250 });

  writer.hparams({ ...values });
  const digits = batches(dataset.train, 100, seed);
  let [first, diverges, accuracy] = [Number.NaN, false, 0];
  for (let step = 0; step < steps && !diverges && !signal.aborted; step++) {
    const loss = network.train(digits.next().value);
    writer.scalar("loss/train", loss, { step });
    if (step === 0) first = loss;
    // Written so that NaN diverges too.
    diverges = !(loss < first * divergesAt);
    if (step % accuracyEvery === 0 || step === steps - 1) {
      accuracy = network.accuracy(dataset.validation);
      writer.scalar("accuracy/validation", accuracy, { step });
    }
    // The page's requests and the writer get their turn between the steps.
    await nextTurn();
  }
  const status = diverges ? "failure" : signal.aborted ? "running" : "success";
  writer.hparamsEnd(status);
  network.dispose();
  return { name, status, accuracy };
}

/** The example of transfer learning: the head learns with frozen features, and all three trainings are told. */
import path from "node:path";
import { expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { trainTransfer } from "../../examples/transfer-learning/train.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "../summary/event-files.ts";

test("a new head learns 5 to 9 with features of 0 to 4", { timeout: 180_000 }, async () => {
  await pickBackend("wasm");
  const logdir = temporaryDirectory();
  const signal = new AbortController().signal;
  const [features, transfer, scratch] = await trainTransfer({
    logdir,
    epochs: 2,
    digits: 200,
    featureDigits: 400,
    seed: 1,
    signal,
  });
  expect(features).toMatchObject({ training: "features", parameters: 56_389 });
  // Those of the features are frozen.
  expect(transfer).toMatchObject({ training: "transfer", parameters: 51_589 });
  expect(scratch).toMatchObject({ training: "from-scratch", parameters: 56_389 });
  expect(transfer?.accuracy).toBeGreaterThan(0.4); // Guessing reads 0.2 of them.
  expect(features?.accuracy).toBeGreaterThan(0.5);
  for (const training of ["features", "transfer", "from-scratch"]) {
    const validation = scalarsOf(readEvents(path.join(logdir, training, "validation")));
    expect(validation.filter(({ tag }) => tag === "epoch_accuracy")).toHaveLength(2);
    const steps = readEvents(path.join(logdir, training, "train")).flatMap(
      ({ taggedRunMetadata }) => taggedRunMetadata?.tag ?? [],
    );
    expect(steps).toEqual(["batch_3"]);
  }
});

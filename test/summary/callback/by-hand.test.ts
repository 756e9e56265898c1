/** The callback in loops of one's own, with TensorFlow.js and without. */
import { describe, expect, test } from "vitest";
import { callback } from "../../../summary/index.ts";
import { data, MemoryRuns, smallModel } from "./training.ts";

describe("by hand", () => {
  test("a loop calls what it has news of", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    {
      await using board = callback(runs.open, { model, updateFreq: "batch", histogramFreq: 1 });
      await board.onTrainBegin();
      for (let epoch = 0; epoch < 2; epoch++) {
        const results = await model.trainOnBatch(...data);
        const [loss, mae] = Array.isArray(results) ? results : [results];
        await board.onBatchEnd?.(0, { loss: loss!, mae: mae! });
        await board.onEpochEnd(epoch, { loss: loss!, val_loss: 0.5 });
      }
    }
    expect(runs.steps("train")).toMatchObject({
      keras: [0],
      batch_loss: [1, 2],
      epoch_loss: [0, 1],
      epoch_learning_rate: [0, 1],
      "net/only/kernel/histogram": [0, 1],
    });
    expect(runs.steps("validation")).toEqual({ epoch_loss: [0, 1], evaluation_loss_vs_iterations: [1, 2] });
  });

  test("without TensorFlow.js, steps are the batches", async () => {
    const runs = new MemoryRuns();
    const board = callback(runs.open, { updateFreq: 10, writeGraph: false, writeStepsPerSecond: true });
    await board.onTrainBegin();
    await board.onEpochBegin(0);
    for (let batch = 0; batch < 25; batch++) await board.onBatchEnd?.(batch, { loss: 1 / (batch + 1) });
    await board.onEpochEnd(0, { loss: 0.1, acc: 0.75 });
    await board.onTestEnd({ loss: 0.2, acc: 0.5 });
    await board.onTrainEnd();
    expect(runs.steps("train")).toEqual({
      batch_loss: [10, 20],
      epoch_loss: [0],
      epoch_accuracy: [0],
      epoch_steps_per_second: [0],
    });
    expect(runs.steps("validation")).toEqual({
      evaluation_loss_vs_iterations: [25],
      evaluation_accuracy_vs_iterations: [25],
    });
  });

  test("an epoch without results writes none", async () => {
    const runs = new MemoryRuns();
    await using board = callback(runs.open, { model: smallModel() });
    await board.onEpochEnd(0);
    expect(runs.steps("train")).toEqual({});
  });
});

test("metrics have Keras's names", async () => {
  const runs = new MemoryRuns();
  const board = callback(runs.open, { writeGraph: false });
  const logs = {
    acc: 1,
    digit_acc: 1,
    categoricalCrossentropy: 1,
    val_kind_meanSquaredError: 1,
    ownMetric: 1,
    macc: 1,
  };
  await board.onEpochEnd(0, logs);
  await board.onTrainEnd();
  expect(Object.keys(runs.steps("train"))).toEqual([
    "epoch_accuracy",
    "epoch_digit_accuracy",
    "epoch_categorical_crossentropy",
    "epoch_ownMetric",
    "epoch_macc",
  ]);
  expect(Object.keys(runs.steps("validation"))).toEqual(["epoch_kind_mean_squared_error"]);
});

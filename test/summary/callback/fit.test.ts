/** The callback in trainings of TensorFlow.js. That it writes what Keras does: test/interop/keras. */
import { setTimeout } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import * as tfData from "@tensorflow/tfjs-data";
import { model as graph, input, layers, callbacks as theirs } from "@tensorflow/tfjs-layers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { callback as pageCallback } from "../../../summary/browser.ts";
import { callback } from "../../../summary/index.ts";
import { data, EPOCH_TAGS, MemoryRuns, smallModel, train } from "./training.ts";

afterEach(() => vi.restoreAllMocks());

describe("in model.fit", () => {
  test("with its defaults it writes epochs, the learning rate and the graph", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    await train(model, { callbacks: callback(runs.open, { model }) });
    expect(runs.steps("train")).toEqual({ keras: [0], ...EPOCH_TAGS });
    expect(runs.values("train", "epoch_learning_rate")).toEqual([0.25, 0.25]);
    expect(runs.opened).toEqual(["train"]);
  });

  test("validation is a run of its own, by epoch and by the optimiser's steps", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    await train(model, { validationSplit: 0.5, callbacks: callback(runs.open, { model }) });
    const evaluation = { evaluation_loss_vs_iterations: [1, 2], evaluation_mae_vs_iterations: [1, 2] };
    expect(runs.steps("validation")).toEqual({ epoch_loss: [0, 1], epoch_mae: [0, 1], ...evaluation });
    expect(runs.values("validation", "epoch_loss")).toEqual(
      runs.values("validation", "evaluation_loss_vs_iterations"),
    );
  });

  test.each([
    ["epoch", []],
    ["batch", [1, 2, 3, 4]],
    [2, [2, 4]],
    [3, [3]],
  ] as const)(
    "updateFreq %s writes batches %j, and every epoch all the same",
    async (updateFreq, batches) => {
      const runs = new MemoryRuns();
      const model = smallModel();
      await train(model, { callbacks: callback(runs.open, { model, updateFreq }) });
      const { batch_loss, batch_size, batch_batch, epoch_loss } = runs.steps("train");
      expect([batch_loss ?? [], batch_size, batch_batch]).toEqual([batches, undefined, undefined]);
      expect(epoch_loss).toEqual([0, 1]);
    },
  );

  test("a second training goes on where the first ended: no point takes another's place", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    const board = callback(runs.open, { model, updateFreq: "batch" });
    await train(model, { callbacks: board });
    await train(model, { callbacks: board, initialEpoch: 2, epochs: 3 });
    expect(runs.steps("train")).toMatchObject({ batch_loss: [1, 2, 3, 4, 5, 6], epoch_loss: [0, 1, 2] });
    expect(runs.opened).toEqual(["train", "train"]);
  });

  test("weights come when it is their turn, read without blocking", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    const blocking = vi.spyOn(tf.Tensor.prototype, "dataSync");
    await train(model, {
      epochs: 3,
      callbacks: callback(runs.open, { model, histogramFreq: 2, writeImages: true }),
    });
    expect(runs.steps("train")).toMatchObject({
      "net/only/kernel/histogram": [0, 2],
      "net/only/kernel/image": [0, 2],
      "net/only/bias/histogram": [0, 2],
    });
    // A single number is no image.
    expect(runs.steps("train")["net/only/bias/image"]).toBeUndefined();
    expect(blocking).not.toHaveBeenCalled();
  });

  test("weights of one name in several models all stay", async () => {
    const runs = new MemoryRuns();
    const x = input({ shape: [2] });
    const part = () => {
      const y = input({ shape: [2] });
      return graph({ inputs: y, outputs: layers.dense({ name: "same", units: 2 }).apply(y) as typeof y });
    };
    const outputs = part().apply(part().apply(x)) as typeof x;
    const model = graph({ inputs: x, outputs });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    await model.fit(tf.ones([4, 2]), tf.ones([4, 2]), {
      callbacks: callback(runs.open, { model, histogramFreq: 1 }),
    });
    const kernels = Object.keys(runs.steps("train")).filter((tag) => tag.includes("kernel"));
    expect(kernels).toEqual([
      expect.stringMatching(/^same\/kernel_\d+\/histogram$/),
      expect.stringMatching(/^same\/kernel\/histogram$/),
    ]);
  });

  test("steps a second, of batches and of epochs", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    const callbacks = callback(runs.open, { model, writeStepsPerSecond: true, updateFreq: 2 });
    const { onBatchBegin } = callbacks;
    // Every batch takes 20 ms at least.
    callbacks.onBatchBegin = async (batch) => {
      await onBatchBegin?.(batch);
      await setTimeout(20);
    };
    await train(model, { callbacks });
    expect(runs.steps("train")).toMatchObject({
      batch_steps_per_second: [2, 4],
      epoch_steps_per_second: [0, 1],
    });
    for (const tag of ["batch_steps_per_second", "epoch_steps_per_second"])
      for (const value of runs.values("train", tag)) {
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(55);
      }
  });

  test("a model that cannot be saved is trained without its graph, and that is said", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const runs = new MemoryRuns();
    const model = smallModel();
    vi.spyOn(model, "toJSON").mockImplementation(() => {
      throw new Error("a layer of one's own");
    });
    await train(model, { callbacks: callback(runs.open, { model }) });
    expect(runs.steps("train")).toEqual(EPOCH_TAGS);
    expect(warn.mock.calls.join()).toContain("a layer of one's own");
  });

  test("writer gives a run's writer for more", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    const board = callback(runs.open, { model });
    board.writer("train").text("note", "first try", { step: 0 });
    await train(model, { callbacks: board });
    expect(runs.steps("train")).toMatchObject({ note: [0], epoch_loss: [0, 1] });
    expect(runs.opened).toEqual(["train"]);
  });
});

test("in fitDataset", async () => {
  const runs = new MemoryRuns();
  const model = smallModel();
  const [xs, ys] = data.map((tensor) => tfData.array(tf.unstack(tensor)).batch(4));
  const dataset = tfData.zip({ xs: xs!, ys: ys! });
  const callbacks = callback(runs.open, { model, updateFreq: "batch" });
  await model.fitDataset(dataset, { epochs: 2, validationData: dataset, callbacks });
  expect(runs.steps("train")).toEqual({
    keras: [0],
    ...EPOCH_TAGS,
    batch_loss: [1, 2, 3, 4],
    batch_mae: [1, 2, 3, 4],
  });
  expect(runs.steps("validation")).toMatchObject({ evaluation_loss_vs_iterations: [2, 4] });
});

describe("behind a callback of TensorFlow.js", () => {
  test("the model is told, and results are read from the device", async () => {
    const runs = new MemoryRuns();
    const callbacks = [
      theirs.earlyStopping({ patience: 5, monitor: "loss" }),
      callback(runs.open, { updateFreq: 2 }),
    ];
    await train(smallModel(), { callbacks });
    expect(runs.steps("train")).toEqual({ keras: [0], ...EPOCH_TAGS, batch_loss: [2, 4], batch_mae: [2, 4] });
    expect(runs.values("train", "epoch_learning_rate")).toEqual([0.25, 0.25]);
  });

  test("batches are not read where none is written", async () => {
    const runs = new MemoryRuns();
    const read = vi.spyOn(tf.Tensor.prototype, "data");
    await train(smallModel(), {
      epochs: 1,
      callbacks: [theirs.earlyStopping({ monitor: "loss" }), callback(runs.open)],
    });
    // Loss and mae of the epoch, once by the callback; TensorFlow.js reads its own.
    expect(runs.steps("train")).toMatchObject({ epoch_loss: [0] });
    expect(read.mock.calls.length).toBeLessThanOrEqual(5);
  });
});

test("in a page it writes where a function says", async () => {
  const runs = new MemoryRuns();
  const model = smallModel();
  await train(model, { callbacks: pageCallback(runs.open, { model }) });
  expect(runs.steps("train")).toEqual({ keras: [0], ...EPOCH_TAGS });
});

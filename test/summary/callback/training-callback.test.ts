/** The callback in trainings of TensorFlow.js, and in loops of one's own. That it writes what Keras does: test/interop/keras. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import * as tfData from "@tensorflow/tfjs-data";
import { model as graph, input, layers, sequential, callbacks as theirs } from "@tensorflow/tfjs-layers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { callback as pageCallback } from "../../../summary/browser.ts";
import { type CallbackOptions, callback, ShapeError, ValueError } from "../../../summary/index.ts";
import { temporaryDirectory } from "../event-files.ts";
import { data, MemoryRuns, smallModel, train } from "./training.ts";

const EPOCH_TAGS = { epoch_loss: [0, 1], epoch_mae: [0, 1], epoch_learning_rate: [0, 1] };

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

describe("in files", () => {
  test("runs are folders, and options of writers are theirs", async () => {
    const logdir = temporaryDirectory();
    const model = smallModel();
    const board = callback(logdir, { model, filenameSuffix: ".mine" });
    await train(model, { validationSplit: 0.5, callbacks: board });
    for (const run of ["train", "validation"])
      expect(readdirSync(path.join(logdir, run))).toEqual([expect.stringMatching(/tfevents.*\.mine$/)]);
  });

  test("nothing is made before something is written", async () => {
    const logdir = path.join(temporaryDirectory(), "later");
    await callback(logdir).close();
    expect(existsSync(logdir)).toBe(false);
  });

  test("a disk that refuses is told, and the training goes on", async () => {
    const logdir = temporaryDirectory();
    writeFileSync(path.join(logdir, "train"), "a file where the run's folder should be");
    const model = smallModel();
    const onError = vi.fn();
    await train(model, { callbacks: callback(logdir, { model, onError }) });
    expect(model.optimizer.iterations).toBe(4);
    expect(onError).toHaveBeenCalled();
  });

  const words = () => {
    const model = sequential({
      layers: [
        layers.embedding({ name: "words", inputDim: 3, outputDim: 2, inputLength: 1 }),
        layers.flatten(),
        layers.dense({ units: 1 }),
      ],
    });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    return model;
  };
  const trainWords = (model: ReturnType<typeof words>, callbacks: ReturnType<typeof callback>) =>
    model.fit(tf.tensor2d([[0], [1], [2]]), tf.ones([3, 1]), { epochs: 2, callbacks });

  test("embeddings stand beside the training's events, an epoch each", async () => {
    const logdir = temporaryDirectory();
    const model = words();
    const embeddingsMetadata = { words: ["tea", "cat", "dog"] };
    await trainWords(model, callback(logdir, { model, embeddingsFreq: 1, embeddingsMetadata }));
    const folder = path.join(logdir, "train/projector/words");
    expect(readdirSync(folder)).toEqual(["00000", "00001"]);
    expect(readdirSync(path.join(folder, "00001"))).toContain("metadata.tsv");
    expect(existsSync(path.join(logdir, "train/projector_config.pbtxt"))).toBe(true);
  });

  test.each<[string, CallbackOptions["embeddingsMetadata"], typeof ValueError | typeof ShapeError, RegExp]>([
    ["of a layer that is none", { word: ["a", "b", "c"] }, ValueError, /"word".*: words/],
    ["of another length", { words: ["a", "b"] }, ShapeError, /3 points, but 2 values/],
  ])("metadata %s is refused before the training", async (_, embeddingsMetadata, error, message) => {
    const model = words();
    const board = callback(temporaryDirectory(), { model, embeddingsFreq: 1, embeddingsMetadata });
    const training = trainWords(model, board);
    await expect(training).rejects.toThrow(error);
    await expect(training).rejects.toThrow(message);
    expect(model.optimizer.iterations).toBe(0);
    await board.close();
  });

  test("a config that is there and cannot be read stops nothing silently", async () => {
    const logdir = temporaryDirectory();
    mkdirSync(path.join(logdir, "train"));
    writeFileSync(path.join(logdir, "train/projector_config.pbtxt"), "embeddings {");
    const model = words();
    const board = callback(logdir, { model, embeddingsFreq: 1 });
    await expect(trainWords(model, board)).rejects.toThrow(/projector_config\.pbtxt cannot be read/);
    await board.close();
  });

  test("other sinks have no files for embeddings", async () => {
    const runs = new MemoryRuns();
    const model = words();
    const board = callback(runs.open, { model, embeddingsFreq: 1 });
    await expect(trainWords(model, board)).rejects.toThrow(/writes events only/);
    await board.close();
  });
});

describe("without its model", () => {
  test("scalars are written, and what is missing is said once", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const runs = new MemoryRuns();
    const callbacks = callback(runs.open);
    await train(smallModel(), { callbacks });
    await train(smallModel(), { callbacks });
    expect(Object.keys(runs.steps("train"))).toEqual(["epoch_loss", "epoch_mae"]);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("callback(logdir, { model })")]]);
  });

  test.each<CallbackOptions>([{ histogramFreq: 1 }, { embeddingsFreq: 1 }, { writeGraph: true }])(
    "%j is an error before the training",
    async (options) => {
      const runs = new MemoryRuns();
      const training = train(smallModel(), { callbacks: callback(runs.open, options) });
      await expect(training).rejects.toThrow(ValueError);
      await expect(training).rejects.toThrow("callback(logdir, { model })");
    },
  );
});

test.each<[string, unknown, RegExp]>([
  ["updateFreq", "step", /updateFreq is "epoch", "batch" or an integer of 1 or more, not string "step"/],
  ["updateFreq", 0, /not number 0/],
  ["histogramFreq", -1, /histogramFreq is an integer of 0 or more, not number -1/],
  ["embeddingsFreq", 0.5, /embeddingsFreq is an integer/],
  ["writeGraph", "no", /writeGraph is true or false, not string "no"/],
  ["embeddingsMetadata", "words.tsv", /metadata by layers' names, not string "words.tsv"/],
  ["model", { layers: 3 }, /`model` is a model of TensorFlow.js's layers, not Object/],
])("%s %j is refused in words", (name, value, message) => {
  const options = { [name]: value } as CallbackOptions;
  expect(() => callback("never", options)).toThrow(ValueError);
  expect(() => callback("never", options)).toThrow(message);
});

test("a metric that is no number is refused in words", async () => {
  const board = callback(new MemoryRuns().open, { writeGraph: false });
  await expect(board.onEpochEnd(0, { loss: "low" as never })).rejects.toThrow(
    'metric "loss" is a number, not string "low"',
  );
});

test("a log directory is a string, and in a page there is none", () => {
  expect(() => callback(undefined as never)).toThrow(/a log directory is a string, .* not undefined/);
  expect(() => pageCallback("runs" as never)).toThrow(/a page writes no files/);
});

test("in a page it writes where a function says", async () => {
  const runs = new MemoryRuns();
  const model = smallModel();
  await train(model, { callbacks: pageCallback(runs.open, { model }) });
  expect(runs.steps("train")).toEqual({ keras: [0], ...EPOCH_TAGS });
});

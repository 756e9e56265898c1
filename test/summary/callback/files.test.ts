/** The callback's files: runs, and embeddings beside them. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test, vi } from "vitest";
import { type CallbackOptions, callback, ShapeError, ValueError } from "../../../summary/index.ts";
import { temporaryDirectory } from "../event-files.ts";
import { MemoryRuns, smallModel, train } from "./training.ts";

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

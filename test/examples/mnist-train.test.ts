import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { configure, standardRuns } from "../../examples/mnist/configuration.ts";
import { type Dataset, loadDataset } from "../../examples/mnist/data.ts";
import { type RunProgress, trainRuns } from "../../examples/mnist/train.ts";
import { pb, readRecords } from "../../proto/index.ts";

let dataset: Dataset;
let logdir: string;

beforeAll(async () => {
  await pickBackend("wasm");
  dataset = await loadDataset(1);
  logdir = await mkdtemp(path.join(tmpdir(), "tsboard-mnist-"));
});

afterAll(() => rm(logdir, { recursive: true }));

const settings = { batch: 20, seed: 1, backend: "wasm" };

/** How often each tag occurs in the run's event file. */
async function countTags(folder: string): Promise<Record<string, number>> {
  const file = (await readdir(folder)).find((name) => name.includes("tfevents"));
  const counts: Record<string, number> = {};
  for (const record of readRecords(await readFile(path.join(folder, file!)))) {
    for (const { tag } of pb.Event.decode(record).summary?.value ?? []) {
      if (tag) counts[tag] = (counts[tag] ?? 0) + 1;
    }
  }
  return counts;
}

test("two runs train side by side, each into its own folder", async () => {
  const tensors = tf.memory().numTensors;
  const progress: RunProgress[] = [];
  const runs = [configure(() => true), configure(() => false)];
  const results = await trainRuns(runs, dataset, {
    ...settings,
    logdir: path.join(logdir, "two"),
    steps: 26,
    signal: new AbortController().signal,
    onProgress: (state) => progress.push(state),
  });

  expect(progress.slice(0, 4).map(({ run, step }) => `${run} ${step}`)).toEqual([
    "all-five 1",
    "plain 1",
    "all-five 2",
    "plain 2",
  ]);
  expect(results.map(({ run, steps }) => [run, steps])).toEqual([
    ["all-five", 26],
    ["plain", 26],
  ]);
  expect(await countTags(path.join(logdir, "two", "all-five"))).toEqual({
    configuration: 1,
    "_hparams_/experiment": 1,
    "_hparams_/session_start_info": 1,
    "_hparams_/session_end_info": 1,
    custom_scalars__config__: 1,
    "input/digits": 1,
    "loss/total": 26,
    "loss/cross_entropy": 26,
    "loss/l2": 26,
    "schedule/learning_rate": 26,
    "accuracy/train": 3,
    "accuracy/validation": 3,
    "accuracy/test": 1,
    "misread/digits": 2,
    "misread/as": 2,
    "misread/heard": 2,
    "is it 8": 2,
    "is it 9": 2,
    "sure of 3, 8, 9_VERTEX": 2,
    "sure of 3, 8, 9_COLOR": 2,
    "layer1/weights": 1,
    "layer1/biases": 1,
    "layer2/weights": 1,
    "layer2/biases": 1,
    "gradients/layer1/weights": 1,
    "gradients/layer1/biases": 1,
    "gradients/layer2/weights": 1,
    "gradients/layer2/biases": 1,
  });
  expect(await readdir(path.join(logdir, "two", "all-five", "projector", "test%20digits"))).toEqual([
    "metadata.tsv",
    "sprite.png",
    "tensors.bytes",
  ]);
  const plain = await countTags(path.join(logdir, "two", "plain"));
  expect(Object.keys(plain)).not.toContain("loss/l2");
  expect(Object.keys(plain)).not.toContain("layer2/weights");
  expect(tf.memory().numTensors).toBe(tensors);
});

test("a signal ends the training early, with what there is written and measured", async () => {
  const controller = new AbortController();
  const folder = path.join(logdir, "stopped");
  const [result] = await trainRuns(standardRuns.slice(0, 1), dataset, {
    ...settings,
    logdir: folder,
    steps: 1000,
    signal: controller.signal,
    onProgress: ({ step }) => {
      if (step === 5) controller.abort();
    },
  });
  expect(result?.steps).toBe(5);
  expect(await countTags(path.join(folder, "all-five"))).toMatchObject({
    "loss/total": 5,
    "accuracy/test": 1,
  });
});

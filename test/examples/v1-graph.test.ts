/** The TensorFlow 1 example: the graph is the textbook's, and what is trained is what is written. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { loadDataset } from "../../examples/mnist/data.ts";
import { trainAndWrite } from "../../examples/v1-graph/train.ts";
import { fromWire, pb, readRecords } from "../../proto/index.ts";

test("the graph comes first, then summaries of every tenth step", async () => {
  await pickBackend("wasm");
  const logdir = await mkdtemp(path.join(tmpdir(), "tsboard-v1-graph-"));
  const dataset = await loadDataset(1);
  const result = await trainAndWrite(dataset, { logdir, steps: 21, batch: 20, seed: 1 });
  const [, first, ...events] = Array.from(readRecords(await readFile(result.path)), (record) =>
    pb.Event.decode(record),
  );
  await rm(logdir, { recursive: true });

  const { node } = pb.GraphDef.decode(first?.graphDef ?? new Uint8Array());
  const groups = new Set((node ?? []).map(({ name }) => name?.split("/")[0]));
  expect([...groups].sort()).toEqual([
    "Merge",
    "global_step",
    "init",
    "input",
    "input_reshape",
    "layer1",
    "layer2",
    "loss_function",
    "moving_average",
    "summaries",
    "train_step",
  ]);
  expect(node).toHaveLength(result.operations);

  expect(events.map(({ step }) => fromWire(step))).toEqual([0, 10, 20]);
  const values = events.at(-1)?.summary?.value ?? [];
  const value = (tag: string) => values.find((one) => one.tag === tag);
  expect(values.map(({ tag }) => tag)).toContain("input_reshape/input/image/2");
  expect(value("train_step/learning_rate")?.simpleValue).toBeCloseTo(0.1);
  const [total, crossEntropy] = ["loss", "cross_entropy"].map(
    (name) => value(`loss_function/${name}`)?.simpleValue ?? Number.NaN,
  );
  expect(crossEntropy).toBeCloseTo(result.crossEntropy, 5);
  expect(total).toBeGreaterThan(crossEntropy!);
  expect(value("summaries/layer1/weights")?.histo?.num).toBe(784 * 500);
});

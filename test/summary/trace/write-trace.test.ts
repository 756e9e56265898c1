/** Traced steps in a run's event file: the graph once, and each step's times and memory under its tag. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { createWriter, MemorySink, StepError, summary, TagError } from "../../../summary/index.ts";
import { decodeEvents } from "../event-files.ts";
import { lenet, namesOf } from "./steps.ts";

describe("writer.trace", () => {
  test("writes the graph once, and of each step its run metadata", async () => {
    const sink = new MemorySink();
    const writer = createWriter(sink);
    const { model, step } = lenet(2);
    const losses = [];
    for (const at of [0, 10]) losses.push(await writer.trace(`step ${at}`, tf, step, { step: at, model }));
    await writer.close();
    expect(losses.flat().map((loss) => typeof loss)).toEqual(["number", "number", "number", "number"]);
    const [, graph, ...others] = decodeEvents(sink.bytes());
    const nodes = pb.GraphDef.decode(graph?.graphDef ?? new Uint8Array()).node;
    expect(namesOf({ graph: { node: nodes } })).toContain("SGD/update_c1/kernel/Assign");
    expect(others.map(({ step, taggedRunMetadata }) => [Number(step), taggedRunMetadata?.tag])).toEqual([
      [0, "step 0"],
      [10, "step 10"],
    ]);
    for (const { taggedRunMetadata } of others) {
      const metadata = pb.RunMetadata.decode(taggedRunMetadata?.runMetadata ?? new Uint8Array());
      expect(metadata.stepStats?.devStats?.[0]?.nodeStats?.length).toBeGreaterThan(100);
      expect(metadata.partitionGraphs).toEqual([]);
    }
  });

  test("a later step with another graph brings it along", async () => {
    const sink = new MemorySink();
    const writer = createWriter(sink);
    await writer.trace("one", tf, () => tf.neg(1), { step: 0 });
    await writer.trace("two", tf, () => tf.square(1), { step: 1 });
    await writer.close();
    const events = decodeEvents(sink.bytes());
    expect(events.filter(({ graphDef }) => graphDef?.length)).toHaveLength(1);
    const last = pb.RunMetadata.decode(events.at(-1)?.taggedRunMetadata?.runMetadata ?? new Uint8Array());
    expect(last.partitionGraphs[0]?.node?.map(({ op }) => op)).toEqual(["Const", "Square"]);
  });

  test("tag and step are checked before the step runs", async () => {
    const writer = createWriter(new MemorySink());
    let runs = 0;
    const step = () => runs++;
    await expect(writer.trace("", tf, step, { step: 0 })).rejects.toThrow(TagError);
    await expect(writer.trace("tag", tf, step)).rejects.toThrow(StepError);
    expect(runs).toBe(0);
    await writer.close();
  });

  test("where nothing is recorded, the step runs untraced", async () => {
    const sink = new MemorySink();
    const writer = createWriter(sink);
    writer.recordIf = false;
    const kernels = () => Object.hasOwn(tf.engine(), "runKernelFunc");
    expect(await writer.trace("tag", tf, kernels, { step: 0 })).toBe(false);
    expect(await summary.trace("tag", tf, kernels, { step: 0 })).toBe(false);
    writer.recordIf = true;
    expect(await writer.asDefault(() => summary.trace("tag", tf, kernels, { step: 0 }))).toBe(true);
    await writer.close();
    expect(decodeEvents(sink.bytes())).toHaveLength(3);
  });
});

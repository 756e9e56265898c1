/** `profileSteps`: batches that are traced while `model.fit` trains. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { callback, createWriter, MemorySink, ValueError } from "../../../summary/index.ts";
import { decodeEvents } from "../event-files.ts";
import { ownProperties } from "../trace/steps.ts";
import { data, smallModel, train } from "./training.ts";

/** Four batches, with what is to be traced; and the events of the run. */
async function profiled(
  profileSteps: NonNullable<Parameters<typeof callback>[1]>["profileSteps"],
): Promise<pb.Event[]> {
  const sink = new MemorySink();
  const model = smallModel();
  await train(model, { callbacks: callback(() => createWriter(sink), { model, tf, profileSteps }) });
  return decodeEvents(sink.bytes());
}

const traced = (events: readonly pb.Event[]) =>
  events.flatMap(({ step, taggedRunMetadata }) =>
    taggedRunMetadata ? [[taggedRunMetadata.tag, Number(step)]] : [],
  );

describe("profileSteps", () => {
  test.each([
    [3, [["batch_3", 3]]],
    [
      [1, 4, 9],
      [
        ["batch_1", 1],
        ["batch_4", 4],
      ],
    ],
    [
      { first: 2, last: 3 },
      [
        ["batch_2", 2],
        ["batch_3", 3],
      ],
    ],
  ] as const)("%j", async (profileSteps, expected) => {
    const before = ownProperties(tf.engine());
    const events = await profiled(profileSteps);
    expect(traced(events)).toEqual(expected);
    expect(ownProperties(tf.engine())).toEqual(before);
    const graphs = events.filter(({ graphDef }) => graphDef?.length);
    expect(graphs).toHaveLength(1);
    const { node = [] } = pb.GraphDef.decode(graphs[0]?.graphDef ?? new Uint8Array());
    expect(node.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "only/kernel",
        "loss/Mean",
        "gradients/loss/Mean_grad/RealDiv",
        "SGD/update_only/bias/Assign",
      ]),
    );
  });

  test("a loop of one's own calls both ends of a batch; what stays open ends with the callback", async () => {
    const sink = new MemorySink();
    const board = callback(() => createWriter(sink), { tf, profileSteps: [1, 2], writeGraph: false });
    await board.onTrainBegin();
    await board.onBatchBegin?.(0);
    tf.neg(data[0]);
    await board.onBatchEnd?.(0);
    await board.onBatchBegin?.(1);
    tf.square(data[0]);
    await board.close();
    expect(traced(decodeEvents(sink.bytes()))).toEqual([
      ["batch_1", 1],
      ["batch_2", 2],
    ]);
    expect(Object.hasOwn(tf.engine(), "runKernelFunc")).toBe(false);
  });

  test("what is no step is refused, and steps without TensorFlow.js", () => {
    const open = () => createWriter(new MemorySink());
    for (const profileSteps of [0, 1.5, [0], "5,10", { first: 2 }] as never[])
      expect(() => callback(open, { tf, profileSteps })).toThrow("profileSteps is a step, a list of steps");
    expect(() => callback(open, { profileSteps: 5 })).toThrow("profileSteps needs TensorFlow.js");
    expect(() => callback(open, { profileSteps: 5, tf: {} as never })).toThrow(ValueError);
  });
});

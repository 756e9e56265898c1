/** Small trainings for tests of the callback, and what was written. */
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import { pickBackend } from "../../../examples/backend.ts";
import { decodeTensor, fromWire } from "../../../proto/index.ts";
import { createWriter, MemorySink, type SummaryWriter } from "../../../summary/index.ts";
import { decodeEvents } from "../event-files.ts";

await pickBackend("cpu");

/** One dense layer, `net/only`, of two inputs and one output; trained at a rate of 0.25. */
export function smallModel(): Sequential {
  const only = layers.dense({ name: "only", inputShape: [2], units: 1, kernelInitializer: "zeros" });
  const model = sequential({ name: "net", layers: [only] });
  model.compile({ optimizer: tf.train.sgd(0.25), loss: "meanSquaredError", metrics: ["mae"] });
  return model;
}

/** What its epochs leave in the run `train`, by tag and step. */
export const EPOCH_TAGS = { epoch_loss: [0, 1], epoch_mae: [0, 1], epoch_learning_rate: [0, 1] };

/** Eight examples, in batches of four. */
export const data = [tf.ones([8, 2]), tf.ones([8, 1])] as const;

type FitArgs = NonNullable<Parameters<LayersModel["fit"]>[2]>;

/** Two epochs of two batches each. */
export function train(model: LayersModel, args: FitArgs): Promise<unknown> {
  return model.fit(...data, { epochs: 2, batchSize: 4, shuffle: false, ...args });
}

/** Runs in memory, by name, and the number of times that each was opened. */
export class MemoryRuns {
  readonly opened: string[] = [];
  private readonly sinks = new Map<string, MemorySink[]>();

  readonly open = (run: string): SummaryWriter => {
    this.opened.push(run);
    const sink = new MemorySink();
    this.sinks.set(run, [...(this.sinks.get(run) ?? []), sink]);
    return createWriter(sink);
  };

  /** Steps by tag. */
  steps(run: string): Record<string, (number | bigint)[]> {
    return Object.fromEntries(
      Object.entries(this.points(run)).map(([tag, all]) => [tag, all.map(([step]) => step)]),
    );
  }

  /** Of a scalar. */
  values(run: string, tag: string): unknown[] {
    return (this.points(run)[tag] ?? []).map(([, value]) => value);
  }

  private points(run: string): Record<string, [step: number | bigint, value: unknown][]> {
    const tags: Record<string, [number | bigint, unknown][]> = {};
    for (const sink of this.sinks.get(run) ?? [])
      for (const { step, summary } of decodeEvents(sink.bytes()))
        for (const { tag, tensor } of summary?.value ?? []) {
          tags[tag!] ??= [];
          tags[tag!]!.push([fromWire(step), decodeTensor(tensor ?? {}).data[0]]);
        }
    return tags;
  }
}

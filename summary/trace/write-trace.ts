/**
 * Traced steps in a run, as TensorFlow's training loops write them: the graph once, and each step's run metadata under a
 * tag of its own.
 */
import { pb } from "../../proto/codec.ts";
import { checkOptions, EVENT_OPTIONS, type OptionNames } from "../check-options.ts";
import { checkTag } from "../checks.ts";
import type { GraphDef } from "../kinds/graph.ts";
import { graph as writeGraph } from "../kinds/graph.ts";
import { runMetadata } from "../kinds/run-metadata.ts";
import type { EventOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";
import type { TensorFlowLike } from "./tensorflow.ts";
import { TRACING_OPTIONS, type Trace, type TracingOptions, trace } from "./trace.ts";

/**
 * When a step was traced, and what helps to name its nodes.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const images = tf.zeros([2, 4]);
 * const options: StepTraceOptions = { step: 10, names: { images } };
 * await writer.trace("step 10", tf, () => tf.relu(images), options);
 */
export interface StepTraceOptions extends TracingOptions, EventOptions {}

const OPTIONS: OptionNames<StepTraceOptions> = { ...EVENT_OPTIONS, ...TRACING_OPTIONS };

export class TraceLog {
  private readonly recorder: Recorder;
  /** Of the graph that the run has. */
  private known: string | undefined;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  /** @throws TagError, StepError before the function is called; and whatever `trace` throws */
  async trace<Result>(
    tag: string,
    tf: TensorFlowLike,
    fn: () => Result,
    options: StepTraceOptions,
  ): Promise<Awaited<Result>> {
    this.check(tag, options);
    const { model, names } = options;
    const traced = await trace(tf, fn, { model, names });
    this.write(tag, traced, options);
    return traced.result;
  }

  /** @throws TagError, StepError */
  check(tag: string, options: StepTraceOptions): void {
    checkTag(tag);
    checkOptions(options, OPTIONS, () => `trace "${tag}"`);
    this.recorder.stepOf(options);
  }

  /** A later step whose graph is another brings it along, as a partition of its run metadata. */
  write(tag: string, { graph, metadata }: Omit<Trace, "result">, { step, wallTime }: EventOptions): void {
    const structure = structureOf(graph);
    const isFirst = this.known === undefined;
    if (isFirst) writeGraph(this.recorder, graph, { wallTime });
    this.known ??= structure;
    const isOther = structure !== this.known;
    const told = isOther ? { ...metadata, partitionGraphs: [graph] } : metadata;
    runMetadata(this.recorder, tag, pb.RunMetadata.encode(told).finish(), { step, wallTime });
  }
}

function structureOf({ node = [] }: GraphDef): string {
  return (node ?? []).map(({ name, op, input }) => [name, op, ...(input ?? [])].join(" ")).join("\n");
}

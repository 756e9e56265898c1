/**
 * What happened while a graph ran: time, memory and devices of its nodes. The graphs dashboard lays a step's
 * `runMetadata` over the run's graph; `traceExport` brings the graphs that were traced with it.
 */
import { pb } from "../../proto/codec.ts";
import { encodeTensor } from "../../proto/tensor.ts";
import { checkTag, describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";

/**
 * A RunMetadata as an object in the codec's shape.
 *
 * @example
 * const nodeStats = [{ nodeName: "y", allStartMicros: 0, allEndRelMicros: 25 }];
 * const metadata: RunMetadata = { stepStats: { devStats: [{ device: "/CPU:0", nodeStats }] } };
 * writer.runMetadata("step 10", metadata, { step: 10 });
 */
export type RunMetadata = pb.RunMetadata.$Properties;

/**
 * When a trace was taken, and whether times and memory are shown.
 *
 * @example
 * const options: TraceOptions = { step: 0, profile: false };
 * writer.traceExport("train step", { partitionGraphs: [{ node: [{ name: "x", op: "Placeholder" }] }] }, options);
 */
export interface TraceOptions extends EventOptions {
  /** Whether time and memory are shown beside the graphs. Default true. */
  readonly profile?: boolean | undefined;
}

const DEFAULTS: TraceOptions = {};
/** The version of what TensorFlow keeps in metadata for both. */
const VERSION_1 = new TextEncoder().encode("1");

/**
 * Writes a step's run metadata for the run's graph.
 *
 * @param metadata a RunMetadata, encoded or not
 * @returns whether it was kept
 * @throws ValueError when it is neither an object nor bytes, TagError, StepError
 * @example
 * writer.graph({ node: [{ name: "y", op: "Relu" }] });
 * const nodeStats = [{ nodeName: "y", allStartMicros: 0, allEndRelMicros: 25 }];
 * writer.runMetadata("step 10", { stepStats: { devStats: [{ device: "/CPU:0", nodeStats }] } }, { step: 10 });
 */
export function runMetadata(
  recorder: Recorder,
  tag: string,
  metadata: RunMetadata | Uint8Array,
  options: EventOptions = DEFAULTS,
): boolean {
  checkTag(tag);
  const taggedRunMetadata = { tag, runMetadata: encode(metadata) };
  return recorder.event({ taggedRunMetadata }, recorder.stepOf(options), options.wallTime);
}

/**
 * Writes graphs that were traced (`functionGraphs` and `partitionGraphs` of the metadata), as
 * `tf.summary.trace_export` does.
 *
 * @returns whether they were kept
 * @throws ValueError when the metadata is neither an object nor bytes, TagError, StepError
 * @example
 * const graph = { node: [{ name: "x", op: "Placeholder" }] };
 * writer.traceExport("train step", { functionGraphs: [{ preOptimizationGraph: graph }] }, { step: 0 });
 */
export function traceExport(
  recorder: Recorder,
  tag: string,
  metadata: RunMetadata | Uint8Array,
  options: TraceOptions = DEFAULTS,
): boolean {
  const profile = options.profile ?? true;
  const name = profile ? "graph_run_metadata" : "graph_run_metadata_graph";
  const tensor = encodeTensor([encode(metadata)], []);
  return recorder.tensor(tag, { name, content: VERSION_1 }, tensor, options);
}

function encode(metadata: RunMetadata | Uint8Array): Uint8Array {
  if (metadata instanceof Uint8Array) return metadata;
  if (typeof metadata === "object" && metadata !== null && !Array.isArray(metadata))
    return pb.RunMetadata.encode(metadata).finish();
  throw new ValueError(`run metadata is a RunMetadata or its bytes, not ${describe(metadata)}`);
}

/** A graph of operations, given as data: the graphs dashboard. */
import { pb } from "../../proto/codec.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";

/**
 * A GraphDef as an object in the codec's shape, or encoded.
 *
 * @example
 * const graph: GraphDef = {
 *   node: [
 *     { name: "x", op: "Placeholder" },
 *     { name: "y", op: "Relu", input: ["x"] },
 *   ],
 * };
 * writer.graph(graph);
 */
export type GraphDef = pb.GraphDef.$Properties;

const DEFAULTS: EventOptions = {};

/**
 * Writes a run's graph.
 *
 * @param graph a GraphDef, encoded or not
 * @param options `step` is 0 by default: a graph belongs to the run
 * @returns whether it was kept
 * @throws ValueError when it is neither an object nor bytes, StepError
 * @example
 * writer.graph({ node: [{ name: "x", op: "Placeholder" }, { name: "y", op: "Relu", input: ["x"] }] });
 */
export function graph(
  recorder: Recorder,
  graph: GraphDef | Uint8Array,
  options: EventOptions = DEFAULTS,
): boolean {
  if (typeof graph !== "object" || graph === null || Array.isArray(graph))
    throw new ValueError(`a graph is a GraphDef or its bytes, not ${describe(graph)}`);
  const graphDef = graph instanceof Uint8Array ? graph : pb.GraphDef.encode(graph).finish();
  return recorder.event({ graphDef }, recorder.stepOf({ step: options.step ?? 0 }), options.wallTime);
}

/** A graph of operations, given as data or as a model: the graphs dashboard. */
import { pb } from "../../proto/codec.ts";
import type { ModelLike } from "../callback/model.ts";
import { checkOptions, EVENT_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import { graphDefOfJson } from "../graph/graph-json.ts";
import { layersGraph } from "../graph/layers-graph.ts";
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

/**
 * What is used of a `tf.GraphModel`: it keeps the topology of the model.json from which it was loaded.
 *
 * @example
 * import type { GraphModel } from "@tensorflow/tfjs-converter";
 *
 * const write = (model: GraphModel) => writer.graph(model satisfies GraphModelLike);
 * console.log(typeof write); // function
 */
export interface GraphModelLike {
  /** Names of its inputs. */
  readonly inputNodes: readonly string[];
  executeAsync(inputs: never, outputs?: string | string[]): Promise<unknown>;
}

const DEFAULTS: EventOptions = {};

/**
 * Writes a run's graph.
 *
 * @param graph a GraphDef, encoded or not; or a model of TensorFlow.js, of layers or loaded from a graph, which is not
 *   run: layers are nodes with their settings and shapes, beside their weights
 * @param options `step` is 0 by default: a graph belongs to the run
 * @returns whether it was kept
 * @throws ValueError when it is no graph and no model, or bytes that are no GraphDef's; StepError
 * @example
 * writer.graph({ node: [{ name: "x", op: "Placeholder" }, { name: "y", op: "Relu", input: ["x"] }] });
 *
 * @example
 * import "@tensorflow/tfjs-backend-cpu";
 * import { layers, sequential } from "@tensorflow/tfjs-layers";
 *
 * const model = sequential({ layers: [layers.dense({ name: "hidden", inputShape: [4], units: 2 })] });
 * console.log(writer.graph(model)); // true
 */
export function graph(
  recorder: Recorder,
  graph: GraphDef | Uint8Array | ModelLike | GraphModelLike,
  options: EventOptions = DEFAULTS,
): boolean {
  checkOptions(options, EVENT_OPTIONS, () => "graph");
  const graphDef = graph instanceof Uint8Array ? checkEncoded(graph) : encode(graph);
  return recorder.event({ graphDef }, recorder.stepOf({ step: options.step ?? 0 }), options.wallTime);
}

function encode(graph: GraphDef | ModelLike | GraphModelLike): Uint8Array {
  if (typeof graph !== "object" || graph === null || Array.isArray(graph))
    throw new ValueError(`a graph is a GraphDef, its bytes or a model, not ${describe(graph)}`);
  if (isLayersModel(graph)) return pb.GraphDef.encode(layersGraph(graph)).finish();
  if (isGraphModel(graph)) return topologyOf(graph);
  const { node, library } = graph;
  if (!Array.isArray(node) && !library) throw new ValueError(`no graph: ${whyNone(graph)}`);
  const unnamed = (node ?? []).findIndex(
    (one) => typeof one?.name !== "string" || typeof one.op !== "string",
  );
  if (unnamed >= 0) throw new ValueError(`no graph: node ${unnamed} has no name, or no op`);
  return pb.GraphDef.encode(graph).finish();
}

function whyNone(graph: object): string {
  const keys = Object.keys(graph);
  if (keys.length === 0) return "the object is empty; a GraphDef has its nodes in `node`";
  return `a GraphDef has its nodes in \`node\`, and this object has ${keys.slice(0, 5).join(", ")}`;
}

function checkEncoded(bytes: Uint8Array): Uint8Array {
  try {
    if (pb.GraphDef.decode(bytes).node?.every(({ name, op }) => name && op) && bytes.length > 0) return bytes;
  } catch (cause) {
    throw new ValueError(`these ${bytes.length} bytes are no encoded GraphDef`, { cause });
  }
  throw new ValueError(`these ${bytes.length} bytes are no GraphDef with nodes that have names and ops`);
}

function isLayersModel(graph: object): graph is ModelLike {
  return (
    "layers" in graph &&
    Array.isArray(graph.layers) &&
    "toJSON" in graph &&
    typeof graph.toJSON === "function"
  );
}

function isGraphModel(graph: object): graph is GraphModelLike {
  return "inputNodes" in graph && "executeAsync" in graph;
}

/** A GraphDef in JSON as a rule, or its bytes (`graph_model.ts` of tfjs-converter). */
function topologyOf(model: GraphModelLike): Uint8Array {
  const artifacts: unknown = Reflect.get(model, "artifacts");
  const topology: unknown =
    typeof artifacts === "object" && artifacts !== null ? Reflect.get(artifacts, "modelTopology") : undefined;
  if (topology instanceof ArrayBuffer) return checkEncoded(new Uint8Array(topology));
  if (typeof topology === "object" && topology !== null)
    return pb.GraphDef.encode(graphDefOfJson(topology)).finish();
  throw new ValueError("the graph model has no graph yet: load it first, await tf.loadGraphModel(url)");
}

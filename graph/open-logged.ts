/** Opens graphs as logs hold them: a GraphDef, the JSON of a Keras model, or the graphs of a trace. */
import { pb } from "../proto/index.ts";
import { type Graph, openGraph } from "./graph.ts";
import { reading } from "./graph-error.ts";
import { layerFacts } from "./keras/layer-facts.ts";
import { kerasModelToGraph } from "./keras/model-graph.ts";
import { mergeGraphs, type Naming } from "./merge.ts";
import type { GraphChoice } from "./views.ts";

/** @throws GraphError when the bytes are not what they are said to be */
export function openLogged(kind: GraphChoice["kind"], bytes: Uint8Array): Graph {
  if (kind === "op") return openGraph(bytes);
  if (kind === "traced") return openGraph(tracedGraph(bytes));
  return openKerasModel(modelJson(bytes));
}

/** The layers of a Keras model, from its configuration, with what they cost as far as it tells. */
export function openKerasModel(model: unknown): Graph {
  const graph = kerasModelToGraph(model);
  return openGraph(graph, layerFacts(model, graph));
}

/** @throws GraphError when it is no JSON */
export function modelJson(bytes: Uint8Array): unknown {
  return reading("a Keras model's JSON", () => JSON.parse(new TextDecoder().decode(bytes)) as unknown);
}

/** What the traced functions were, each as it was before it was optimised. */
export function tracedGraph(runMetadata: Uint8Array, naming?: Naming): pb.GraphDef.$Properties {
  const { functionGraphs } = reading("a RunMetadata", () => pb.RunMetadata.decode(runMetadata));
  return mergeGraphs(
    (functionGraphs ?? []).map((graphs) => graphs.preOptimizationGraph ?? {}),
    naming,
  );
}

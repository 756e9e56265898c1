/**
 * Opens a file with a graph or a trace, whatever it is: a GraphDef (binary or text), a SavedModel, the JSON of a Keras
 * model, TensorFlow.js's model.json, a trace in Chrome's form. What it is, its content says, not its name.
 */
import { parseText, TextFormatError } from "../../proto/text-format.ts";
import { type Graph, openGraph, Step } from "../graph.ts";
import { GraphError } from "../graph-error.ts";
import { field, type Json } from "../keras/json.ts";
import { openKerasModel } from "../open-logged.ts";
import type { GraphChoice } from "../views.ts";
import { looksLikeChromeTrace, stepOfChromeTrace } from "./chrome-trace.ts";
import { graphOfJson } from "./graph-json.ts";
import { whyNoGraphDef } from "./not-graph-def.ts";
import { parseJson } from "./open-trace.ts";
import { graphOfSavedModel, looksLikeSavedModel } from "./saved-model.ts";

export type OpenedFile =
  | {
      readonly what: "graph";
      readonly format: "GraphDef" | "GraphDef as text" | "SavedModel" | "Keras model" | "TensorFlow.js model";
      readonly kind: GraphChoice["kind"];
      readonly graph: Graph;
    }
  | { readonly what: "trace"; readonly format: "Chrome trace"; readonly step: Step };

const GRAPH_DEF = "tensorboard.GraphDef";

/** @throws GraphError in words when it is none of these, or is damaged */
export function openFile(bytes: Uint8Array): OpenedFile {
  if (bytes.length === 0) throw new GraphError("the file is empty");
  const start = firstLetter(bytes);
  if (start === "{" || start === "[") return openJson(parseJson(bytes));
  if (start !== null) return graphFile("GraphDef as text", "op", openGraph(graphOfText(bytes)));
  if (looksLikeSavedModel(bytes)) return graphFile("SavedModel", "op", openGraph(graphOfSavedModel(bytes)));
  const other = whyNoGraphDef(bytes);
  if (other !== null) throw new GraphError(other);
  const graph = openGraph(bytes);
  if ((graph.scope("")?.cardinality ?? 0) === 0)
    throw new GraphError("the file has no node: it may not be a GraphDef");
  return graphFile("GraphDef", "op", graph);
}

function graphFile(
  format: Extract<OpenedFile, { what: "graph" }>["format"],
  kind: GraphChoice["kind"],
  graph: Graph,
): OpenedFile {
  return { what: "graph", format, kind, graph };
}

function openJson(json: Json): OpenedFile {
  if (looksLikeChromeTrace(json))
    return { what: "trace", format: "Chrome trace", step: new Step(stepOfChromeTrace(json)) };
  const topology = field(json, "modelTopology");
  if (field(topology, "node") !== undefined)
    return graphFile("TensorFlow.js model", "op", openGraph(graphOfJson(topology)));
  if (topology !== undefined) {
    const config = field(topology, "model_config") ?? topology;
    return graphFile("TensorFlow.js model", "conceptual", openKerasModel(config));
  }
  if (field(json, "class_name") !== undefined && field(json, "config") !== undefined)
    return graphFile("Keras model", "conceptual", openKerasModel(json));
  if (field(json, "node") !== undefined)
    return graphFile("GraphDef as text", "op", openGraph(graphOfJson(json)));
  throw new GraphError(
    "the JSON is neither a Keras model (class_name and config), nor TensorFlow.js's model.json (modelTopology), nor a trace (traceEvents)",
  );
}

function graphOfText(bytes: Uint8Array): Uint8Array {
  try {
    return parseText(GRAPH_DEF, new TextDecoder().decode(bytes)).bytes;
  } catch (error) {
    if (error instanceof TextFormatError) throw new GraphError(`as the text of a GraphDef: ${error.message}`);
    throw error;
  }
}

/** The first letter of a text; null of what is no text: a GraphDef begins with the byte of a line break. */
function firstLetter(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 512);
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32)) return null;
  const text = new TextDecoder().decode(head).trimStart();
  return /^[[{a-z#]/.test(text) ? text[0]! : null;
}

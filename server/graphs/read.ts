/** Graphs and run metadata of a run as the compatible face sees them, wherever their writer put them. */

import { reading } from "../../graph/graph-error.ts";
import { kerasModelToGraph } from "../../graph/keras/model-graph.ts";
import { modelJson, tracedGraph } from "../../graph/open-logged.ts";
import { pb } from "../../proto/index.ts";
import { RUN_GRAPH_TAG } from "../ingest/series-metadata.ts";
import type { DataProvider } from "../plugins/data-provider.ts";
import { KERAS_MODEL, RUN_GRAPH, RUN_METADATA, RUN_METADATA_GRAPH, TAGGED_RUN_METADATA } from "./plugins.ts";

/** Which graph of a run. */
export interface GraphSource {
  readonly run: string;
  /** Absent: the graph of the whole run. */
  readonly tag: string | undefined;
  /** The layers of a Keras model instead of operations. */
  readonly conceptual: boolean;
}

/**
 * The newest such graph; undefined when there is none.
 *
 * @throws GraphError when what is there cannot be read as a graph
 */
export async function readGraph(
  data: DataProvider,
  { run, tag, conceptual }: GraphSource,
): Promise<pb.GraphDef.$Properties | undefined> {
  if (conceptual) {
    const json = await newest(data, run, tag ?? "", [KERAS_MODEL]);
    return json && kerasModelToGraph(modelJson(json));
  }
  if (tag === undefined) {
    const bytes = await newest(data, run, RUN_GRAPH_TAG, [RUN_GRAPH]);
    return bytes && reading("a GraphDef", () => pb.GraphDef.decode(bytes));
  }
  const bytes = await newest(data, run, tag, [RUN_METADATA, RUN_METADATA_GRAPH]);
  return bytes && tracedGraph(bytes, "stock");
}

/**
 * The newest run metadata of a tag, with the times and memory of nodes; undefined when there is none.
 *
 * @throws GraphError when what is there cannot be read as such
 */
export async function readRunMetadata(
  data: DataProvider,
  run: string,
  tag: string,
): Promise<pb.RunMetadata.$Properties | undefined> {
  const bytes = await newest(data, run, tag, [TAGGED_RUN_METADATA, RUN_METADATA]);
  return bytes && reading("a RunMetadata", () => pb.RunMetadata.decode(bytes));
}

/** The newest blob of a tag, of the first plugin that has one. */
async function newest(
  data: DataProvider,
  run: string,
  tag: string,
  plugins: readonly string[],
): Promise<Uint8Array | undefined> {
  for (const plugin of plugins) {
    const [last] = (await data.blobSequences(plugin, run, tag, 1)) ?? [];
    const blob = last?.value[0];
    if (blob) return blob;
  }
  return undefined;
}

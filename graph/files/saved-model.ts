/** The graph in a SavedModel (`saved_model.pb`): the first of its meta graphs. */
import { eachField, isSpan, type Reader, readerOf, spanEnd } from "../definition/wire.ts";
import { GraphError } from "../graph-error.ts";

// Field numbers: tensorflow/core/protobuf/saved_model.proto and meta_graph.proto.
const SCHEMA_VERSION = 1;
const META_GRAPHS = 2;
const META_GRAPH_DEF = 2;
const VARINT_TAG = SCHEMA_VERSION << 3;

/** A SavedModel begins with the version of its schema, a number; a GraphDef with a node. */
export function looksLikeSavedModel(bytes: Uint8Array): boolean {
  return bytes[0] === VARINT_TAG && bytes[2] === ((META_GRAPHS << 3) | 2);
}

/** @throws GraphError when it has no graph */
export function graphOfSavedModel(bytes: Uint8Array): Uint8Array {
  const reader = readerOf(bytes);
  let graph: Uint8Array | null = null;
  try {
    eachField(reader, bytes.length, (field, type) => {
      if (field !== META_GRAPHS || !isSpan(type) || graph) return;
      graph = graphOfMetaGraph(reader, spanEnd(reader), bytes);
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GraphError(`as a SavedModel: at byte ${reader.pos} of ${bytes.length}: ${why}`);
  }
  if (!graph) throw new GraphError("the SavedModel has no graph");
  return graph;
}

function graphOfMetaGraph(reader: Reader, end: number, bytes: Uint8Array): Uint8Array | null {
  let graph: Uint8Array | null = null;
  eachField(reader, end, (field, type) => {
    if (field !== META_GRAPH_DEF || !isSpan(type)) return;
    const graphEnd = spanEnd(reader);
    graph = bytes.subarray(reader.pos, graphEnd);
    reader.pos = graphEnd;
  });
  return graph;
}

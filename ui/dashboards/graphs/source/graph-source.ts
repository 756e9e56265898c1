/** Where the page has its graphs from: a server, or files that were dropped onto it. Both answer in the same shapes. */
import type {
  GraphDiff,
  GraphListing,
  GraphMemory,
  GraphNode,
  GraphQuery,
  GraphScope,
  GraphSearch,
  GraphSearchQuery,
  GraphStepDiff,
  GraphTable,
  GraphTimeline,
  GraphTrace,
  TraceDirection,
} from "../../../../graph/views.ts";

export interface GraphSource {
  list(signal?: AbortSignal): Promise<GraphListing>;
  /** The scope of a name, opened; the root's name is empty. */
  scope(graph: GraphQuery, name: string, signal?: AbortSignal): Promise<GraphScope>;
  /** All facts of a node or scope; large attributes are cut. */
  node(graph: GraphQuery, name: string, signal?: AbortSignal): Promise<GraphNode>;
  /** An attribute of a node as text, all of it. */
  attribute(graph: GraphQuery, name: string, attribute: string, signal?: AbortSignal): Promise<string>;
  search(graph: GraphQuery, query: GraphSearchQuery, signal?: AbortSignal): Promise<GraphSearch>;
  /** All that a node is made of, or all that is made of it. */
  trace(
    graph: GraphQuery,
    name: string,
    direction: TraceDirection,
    signal?: AbortSignal,
  ): Promise<GraphTrace>;
  /** A row a node, or a row a kind of operation. */
  table(graph: GraphQuery, by: "node" | "op", signal?: AbortSignal): Promise<GraphTable>;
  timeline(graph: GraphQuery, signal?: AbortSignal): Promise<GraphTimeline>;
  memory(graph: GraphQuery, signal?: AbortSignal): Promise<GraphMemory>;
  /** What turns the first graph into the second. */
  diff(before: GraphQuery, after: GraphQuery, signal?: AbortSignal): Promise<GraphDiff>;
  stepDiff(before: GraphQuery, after: GraphQuery, signal?: AbortSignal): Promise<GraphStepDiff>;
}

/** What can also make one graph of two. */
export interface UnitingSource extends GraphSource {
  /** Both as one, to be asked as any other graph: the second, and beside it what only the first has. */
  unite(before: GraphQuery, after: GraphQuery, signal?: AbortSignal): Promise<GraphQuery>;
}

/** The same question about the graph alone. */
export function withoutStep({ step_tag: _tag, step: _step, ...query }: GraphQuery): GraphQuery {
  return query;
}

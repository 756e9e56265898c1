/**
 * Queries about graphs: `GET` and `POST /api/v1/graph/…`. Answers are those of the graph room.
 *
 * | path                 | query                       | answer                     |
 * | -------------------- | --------------------------- | -------------------------- |
 * | graph                |                             | {@link GraphListing}       |
 * | graph/scope          | {@link GraphNameQuery}      | {@link GraphScope}         |
 * | graph/node           | {@link GraphNameQuery}      | {@link GraphNode}          |
 * | graph/attribute      | {@link GraphAttributeQuery} | {@link GraphAttributeText} |
 * | graph/search         | {@link GraphTextQuery}      | {@link GraphSearch}        |
 * | graph/trace          | {@link GraphTraceQuery}     | {@link GraphTrace}         |
 * | graph/table          | {@link GraphTableQuery}     | {@link GraphTable}         |
 * | graph/timeline       | {@link GraphQuery}          | {@link GraphTimeline}      |
 * | graph/memory         | {@link GraphQuery}          | {@link GraphMemory}        |
 * | graph/diff           | {@link GraphPairQuery}      | {@link GraphDiff}          |
 * | graph/step_diff      | {@link GraphPairQuery}      | {@link GraphStepDiff}      |
 * | graph/definition     | {@link GraphQuery}          | the bytes of the GraphDef  |
 */
import type { GraphQuery, GraphSearchQuery, OtherGraphQuery, TraceDirection } from "../../graph/views.ts";

export type * from "../../graph/views.ts";

/**
 * A scope or node by its full name; the root's is empty.
 *
 * @example
 * const query: GraphNameQuery = { run: "net", name: "layer/w" };
 * console.log((await graphs.node(query)).op); // VariableV2
 */
export interface GraphNameQuery extends GraphQuery {
  readonly name: string;
}

/**
 * An attribute of a node.
 *
 * @example
 * const query: GraphAttributeQuery = { run: "net", name: "layer/w", attribute: "shape" };
 * try {
 *   await graphs.attribute(query);
 * } catch (error) {
 *   console.log(error); // ApiError: the graph has no node "layer/w" with an attribute "shape"
 * }
 */
export interface GraphAttributeQuery extends GraphNameQuery {
  readonly attribute: string;
}

/**
 * What to look for in a graph.
 *
 * @example
 * const query: GraphTextQuery = { run: "net", text: "^layer/", regex: true, where: "name" };
 * console.log((await graphs.search(query)).hits.map(({ name }) => name)); // layer/w,layer/MatMul
 */
export interface GraphTextQuery extends GraphQuery, GraphSearchQuery {}

/**
 * Which way to follow the edges of a node, scope or series.
 *
 * @example
 * const query: GraphTraceQuery = { run: "net", name: "x", direction: "outputs" };
 * console.log((await graphs.trace(query)).part); // layer
 */
export interface GraphTraceQuery extends GraphNameQuery {
  readonly direction: TraceDirection;
}

/**
 * A step's table: what its rows are.
 *
 * @example
 * const query: GraphTableQuery = { run: "net", step_tag: "step 2" };
 * console.log((await graphs.table(query)).columns.name[0]); // layer/MatMul
 */
export interface GraphTableQuery extends GraphQuery {
  /** A row a node, the default, or a row a kind of operation. */
  readonly by?: "node" | "op";
}

/**
 * Two graphs, or two steps, to compare.
 *
 * @example
 * const query: GraphPairQuery = { run: "net", step_tag: "step 1", other_step_tag: "step 2" };
 * console.log((await graphs.stepDiff(query)).rows.length); // 1
 */
export interface GraphPairQuery extends GraphQuery, OtherGraphQuery {}

/** A graph to ask: what the native API answers, and the page's workers. */
import { pb } from "../proto/index.ts";
import { GraphModel } from "./model.ts";
import { nodeOf } from "./node.ts";
import { scopeOf } from "./scope.ts";
import { type Compile, searchGraph } from "./search.ts";
import type { GraphNode, GraphScope, GraphSearch, GraphSearchQuery } from "./views.ts";

/**
 * Opens a GraphDef.
 *
 * @param definition its bytes, which are kept, or the message
 * @throws GraphError when it is none
 */
export function openGraph(definition: Uint8Array | pb.GraphDef.$Properties): Graph {
  const bytes = definition instanceof Uint8Array ? definition : pb.GraphDef.encode(definition).finish();
  return new Graph(new GraphModel(bytes));
}

export class Graph {
  readonly model: GraphModel;

  constructor(model: GraphModel) {
    this.model = model;
  }

  /** The scope of that name, opened; the root's is empty. Undefined where there is none. */
  scope(name: string): GraphScope | undefined {
    return scopeOf(this.model, name);
  }

  /** All facts of the node, scope or series of that name; undefined where there is none. */
  node(name: string): GraphNode | undefined {
    return nodeOf(this.model, name);
  }

  /** @throws GraphError when the expression is none */
  search(query: GraphSearchQuery, compile?: Compile): GraphSearch {
    return searchGraph(this.model, query, compile);
  }
}

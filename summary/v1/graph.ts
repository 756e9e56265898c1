/** A TensorFlow 1 graph: operations, collections and variables; and which graph is the default one. */
import type { pb } from "../../proto/codec.ts";
import { GraphError } from "../errors.ts";
import { checkIsOver, GraphBuilder } from "../graph/graph-builder.ts";
import { Operation, type Tensor } from "./operation.ts";

/** The last version of GraphDef that is of TensorFlow 1 (core/public/version.h): those after it are dates. */
const GRAPH_DEF_VERSION = 27;

/**
 * A graph of operations, apart from others: names, collections and variables are its own. Its name scopes, devices
 * and control dependencies are those of the functions of `v1`, which add to the default graph.
 *
 * @example
 * const graph = new v1.Graph();
 * graph.asDefault(() => v1.constant(1, { name: "one" }));
 * console.log(graph.getTensorByName("one:0").eval()); // 1
 */
export class Graph extends GraphBuilder<Operation> {
  constructor() {
    super((parts) => new Operation(parts));
  }

  /**
   * Calls `fn` with this as the graph that functions such as `constant` add to.
   *
   * @param fn must not be async: the default graph is another again when it returns
   */
  asDefault<Result>(fn: (graph: Graph) => Result): Result {
    stack.push(this);
    try {
      const result = fn(this);
      checkIsOver(result, "the function of asDefault");
      return result;
    } finally {
      stack.pop();
    }
  }

  /** The operation of this name. Throws {@link GraphError} when there is none. */
  getOperationByName(name: string): Operation {
    const operation = this.node(name);
    if (operation !== undefined) return operation;
    throw new GraphError(`no operation "${name}" in the graph`);
  }

  /** The tensor of this name, such as `layer1/add:0`. Throws {@link GraphError} when there is none. */
  getTensorByName(name: string): Tensor {
    const [, operation = "", index = ""] = /^(.*):(\d+)$/.exec(name) ?? [];
    const tensor = this.node(operation)?.outputs[Number(index)];
    if (tensor !== undefined) return tensor;
    throw new GraphError(
      `no tensor "${name}" in the graph; a tensor's name is an operation's with ":0" or so`,
    );
  }

  getOperations(): readonly Operation[] {
    return this.nodes;
  }

  /** The graph as the graphs dashboard reads it. */
  asGraphDef(): pb.GraphDef.$Properties {
    return { ...this.toGraphDef(), versions: { producer: GRAPH_DEF_VERSION } };
  }
}

/** Graphs whose `asDefault` runs, the innermost last. */
const stack: Graph[] = [];
let graphForAll = new Graph();

/**
 * The graph that functions such as `constant` add to.
 *
 * @example
 * v1.constant(1, { name: "one" });
 * console.log(v1.getDefaultGraph().getOperations().length); // 1
 */
export function getDefaultGraph(): Graph {
  return stack.at(-1) ?? graphForAll;
}

/**
 * Begins a new default graph.
 *
 * @throws GraphError inside a graph's `asDefault`
 * @example
 * v1.constant(1, { name: "one" });
 * v1.resetDefaultGraph();
 * console.log(v1.constant(2, { name: "one" }).name); // one:0
 */
export function resetDefaultGraph(): void {
  if (stack.length > 0) throw new GraphError("resetDefaultGraph is not possible inside a graph's asDefault");
  graphForAll = new Graph();
}

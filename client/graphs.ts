/** Graphs of runs, as the server answers about them: scopes, nodes, a step's time and memory, differences. */
import type {
  GraphAttributeQuery,
  GraphDiff,
  GraphListing,
  GraphMemory,
  GraphNameQuery,
  GraphNode,
  GraphPairQuery,
  GraphQuery,
  GraphScope,
  GraphSearch,
  GraphStepDiff,
  GraphTable,
  GraphTableQuery,
  GraphTextQuery,
  GraphTimeline,
  GraphTrace,
  GraphTraceQuery,
} from "../server/api/types.ts";
import type { Decoder } from "./decoder.ts";
import { queryRequest } from "./forms.ts";
import { decodeGraph } from "./graph-decode.ts";

/** Asks the server: a path below `api/v1/`. */
export type Ask = (path: string, request: RequestInit) => Promise<Response>;

/** Gives a request up. */
interface Options {
  readonly signal?: AbortSignal;
}

/**
 * What {@link Client.graphs} gives: questions about the graphs of runs. A query names the run, and the tag of a Keras
 * model or a trace where it is not the run's own graph; with `step_tag`, time and memory of that step are joined.
 *
 * @example
 * const { runs } = await graphs.listing();
 * console.log(runs.map(({ run, graphs: kinds }) => `${run}: ${kinds.map(({ kind }) => kind)}`)); // net: op
 * const { children, edges } = await graphs.scope({ run: "net", name: "layer" });
 * console.log(children.map(({ name, op }) => `${name} ${op}`)); // layer/w VariableV2,layer/MatMul MatMul
 * console.log(edges.map(({ from, to }) => `${from} -> ${to}`)); // layer/w -> layer/MatMul
 */
export class Graphs {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The graphs of all runs, and the steps with run metadata. */
  async listing({ signal }: Options = {}): Promise<GraphListing> {
    const response = await this.#ask("graph", { signal: signal ?? null });
    return decodeGraph.listing(await response.json(), "graph");
  }

  /** A scope, opened; the root's name is empty. Also a node that calls functions. */
  scope(query: GraphNameQuery, options?: Options): Promise<GraphScope> {
    return this.#query("scope", decodeGraph.scope, query, options);
  }

  /** All facts of a node, scope or series. */
  node(query: GraphNameQuery, options?: Options): Promise<GraphNode> {
    return this.#query("node", decodeGraph.node, query, options);
  }

  /** An attribute of a node as text, where {@link Graphs.node} cut it. */
  async attribute(query: GraphAttributeQuery, options?: Options): Promise<string> {
    return (await this.#query("attribute", decodeGraph.attribute, query, options)).value;
  }

  /** Nodes and scopes by name, operation, device or attribute. */
  search(query: GraphTextQuery, options?: Options): Promise<GraphSearch> {
    return this.#query("search", decodeGraph.search, query, options);
  }

  /** All that a node, scope or series is made of, or all that is made of it, through the whole graph. */
  trace(query: GraphTraceQuery, options?: Options): Promise<GraphTrace> {
    return this.#query("trace", decodeGraph.trace, query, options);
  }

  /** What a step's time and memory went to, by node or by kind of operation. */
  table(query: GraphTableQuery, options?: Options): Promise<GraphTable> {
    return this.#query("table", decodeGraph.table, query, options);
  }

  /** A step's executions by device and thread, as columns. */
  timeline(query: GraphQuery, options?: Options): Promise<GraphTimeline> {
    return this.#query("timeline", decodeGraph.timeline, query, options);
  }

  /** Live memory over a step. */
  memory(query: GraphQuery, options?: Options): Promise<GraphMemory> {
    return this.#query("memory", decodeGraph.memory, query, options);
  }

  /** Difference of two graphs: `other_run` and so on name the second. */
  diff(query: GraphPairQuery, options?: Options): Promise<GraphDiff> {
    return this.#query("diff", decodeGraph.diff, query, options);
  }

  /** Difference of two steps. */
  stepDiff(query: GraphPairQuery, options?: Options): Promise<GraphStepDiff> {
    return this.#query("step_diff", decodeGraph.step_diff, query, options);
  }

  /** The bytes of the GraphDef. */
  async definition(query: GraphQuery, { signal }: Options = {}): Promise<Uint8Array> {
    const response = await this.#ask("graph/definition", queryRequest(query, "json", signal));
    return new Uint8Array(await response.arrayBuffer());
  }

  async #query<T>(path: string, decode: Decoder<T>, query: object, { signal }: Options = {}): Promise<T> {
    const response = await this.#ask(`graph/${path}`, queryRequest(query, "json", signal));
    return decode(await response.json(), path);
  }
}

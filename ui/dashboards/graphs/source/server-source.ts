/** Graphs of the logs, over the native API. */
import { checked } from "../../../../client/api-error.ts";
import { Graphs } from "../../../../client/graphs.ts";
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
import { fetchApi } from "../../../early/asked.ts";
import type { GraphSource } from "./graph-source.ts";

export class ServerSource implements GraphSource {
  readonly #graphs = new Graphs(async (path, request) => checked(await fetchApi(path, request)));

  list(signal?: AbortSignal): Promise<GraphListing> {
    return this.#graphs.listing(options(signal));
  }

  scope(graph: GraphQuery, name: string, signal?: AbortSignal): Promise<GraphScope> {
    return this.#graphs.scope({ ...graph, name }, options(signal));
  }

  node(graph: GraphQuery, name: string, signal?: AbortSignal): Promise<GraphNode> {
    return this.#graphs.node({ ...graph, name }, options(signal));
  }

  attribute(graph: GraphQuery, name: string, attribute: string, signal?: AbortSignal): Promise<string> {
    return this.#graphs.attribute({ ...graph, name, attribute }, options(signal));
  }

  search(graph: GraphQuery, query: GraphSearchQuery, signal?: AbortSignal): Promise<GraphSearch> {
    return this.#graphs.search({ ...graph, ...query }, options(signal));
  }

  trace(
    graph: GraphQuery,
    name: string,
    direction: TraceDirection,
    signal?: AbortSignal,
  ): Promise<GraphTrace> {
    return this.#graphs.trace({ ...graph, name, direction }, options(signal));
  }

  table(graph: GraphQuery, by: "node" | "op", signal?: AbortSignal): Promise<GraphTable> {
    return this.#graphs.table({ ...graph, by }, options(signal));
  }

  timeline(graph: GraphQuery, signal?: AbortSignal): Promise<GraphTimeline> {
    return this.#graphs.timeline(graph, options(signal));
  }

  memory(graph: GraphQuery, signal?: AbortSignal): Promise<GraphMemory> {
    return this.#graphs.memory(graph, options(signal));
  }

  diff(before: GraphQuery, after: GraphQuery, signal?: AbortSignal): Promise<GraphDiff> {
    return this.#graphs.diff({ ...before, ...asOther(after) }, options(signal));
  }

  stepDiff(before: GraphQuery, after: GraphQuery, signal?: AbortSignal): Promise<GraphStepDiff> {
    return this.#graphs.stepDiff({ ...before, ...asOther(after) }, options(signal));
  }

  /** The bytes of the GraphDef. */
  definition(graph: GraphQuery, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#graphs.definition(graph, options(signal));
  }
}

/** The second graph of a comparison has the same parameters, with `other_` before them. */
function asOther({ run, tag, type, step_tag, step }: GraphQuery) {
  return {
    other_run: run,
    ...(tag !== undefined && { other_tag: tag }),
    ...(type !== undefined && { other_type: type }),
    ...(step_tag !== undefined && { other_step_tag: step_tag }),
    ...(step !== undefined && { other_step: step }),
  };
}

function options(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}

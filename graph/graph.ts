/** A graph to ask: what the native API answers, and the page's workers. */
import { pb } from "../proto/index.ts";
import { attributeText } from "./attribute-text.ts";
import { attributeNamed } from "./definition/node-definition.ts";
import { diffGraphs } from "./diff/graph-diff.ts";
import { diffSteps } from "./diff/step-diff.ts";
import { unionOf } from "./diff/union.ts";
import type { LayerFacts } from "./keras/layer-facts.ts";
import { GraphModel } from "./model.ts";
import { nodeOf } from "./node.ts";
import { findAttached, findPlace } from "./places.ts";
import { scopeOf } from "./scope.ts";
import { type Compile, searchGraph } from "./search.ts";
import { JoinedStep } from "./step/joined-step.ts";
import { memoryOf } from "./step/memory.ts";
import { readStep } from "./step/read-step.ts";
import type { StepColumns } from "./step/step-columns.ts";
import { type TableBy, tableOf } from "./step/table.ts";
import { timelineOf } from "./step/timeline.ts";
import { traceOf } from "./trace/trace.ts";
import type {
  GraphDiff,
  GraphMemory,
  GraphNode,
  GraphScope,
  GraphSearch,
  GraphSearchQuery,
  GraphStepDiff,
  GraphTable,
  GraphTimeline,
  GraphTrace,
  TraceDirection,
} from "./views.ts";

/**
 * Opens a GraphDef.
 *
 * @param definition its bytes, which are kept, or the message
 * @param layers what is known of a Keras model's layers, by name
 * @throws GraphError when it is none
 */
export function openGraph(
  definition: Uint8Array | pb.GraphDef.$Properties,
  layers?: ReadonlyMap<string, LayerFacts>,
): Graph {
  const bytes = definition instanceof Uint8Array ? definition : pb.GraphDef.encode(definition).finish();
  return new Graph(new GraphModel(bytes, layers));
}

/**
 * Opens the statistics of a step, a RunMetadata.
 *
 * @throws GraphError when the bytes are none
 */
export function openStep(runMetadata: Uint8Array): Step {
  return new Step(readStep(runMetadata));
}

/** What a step cost, to be joined with any graph. */
export class Step {
  readonly columns: StepColumns;
  readonly #joined = new WeakMap<GraphModel, JoinedStep>();

  constructor(columns: StepColumns) {
    this.columns = columns;
  }

  joinedWith({ model }: Graph): JoinedStep {
    const joined = this.#joined.get(model) ?? new JoinedStep(model, this.columns);
    this.#joined.set(model, joined);
    return joined;
  }
}

export type { TableBy };

export class Graph {
  readonly model: GraphModel;

  constructor(model: GraphModel) {
    this.model = model;
  }

  /** The GraphDef. */
  get definition(): Uint8Array {
    return this.model.columns.bytes;
  }

  /** The scope of that name, opened; the root's is empty. Undefined where there is none. */
  scope(name: string, step?: Step): GraphScope | undefined {
    return scopeOf(this.model, name, step?.joinedWith(this) ?? null);
  }

  /** All facts of the node, scope or series of that name; undefined where there is none. */
  node(name: string, step?: Step): GraphNode | undefined {
    return nodeOf(this.model, name, step?.joinedWith(this) ?? null);
  }

  /** An attribute of a node as text, all of it; undefined where there is none. */
  attribute(name: string, attribute: string): string | undefined {
    const place = findPlace(this.model, name);
    const row = findAttached(this.model, name)?.at ?? (place && this.model.tree.rows[place.box]);
    const value =
      row === undefined || row < 0 ? undefined : attributeNamed(this.model.columns, row, attribute);
    return value && attributeText(value);
  }

  /** @throws GraphQueryError when the expression is none */
  search(query: GraphSearchQuery, compile: Compile | null = null): GraphSearch {
    return searchGraph(this.model, query, compile);
  }

  /** All that a node, scope or series is made of, or all that is made of it; undefined where there is none of that name. */
  trace(name: string, direction: TraceDirection): GraphTrace | undefined {
    return traceOf(this.model, name, direction);
  }

  table(step: Step, by: TableBy = "node"): GraphTable {
    return tableOf(step.joinedWith(this), by);
  }

  timeline(step: Step): GraphTimeline {
    return timelineOf(step.joinedWith(this));
  }

  memory(step: Step): GraphMemory {
    return memoryOf(step.joinedWith(this));
  }

  /** What another graph has that this one has not, and so on. */
  diff(other: Graph): GraphDiff {
    return diffGraphs(this.model, other.model);
  }

  /** Both as one: the other graph, and beside it what only this one has. */
  union(other: Graph): Graph {
    return openGraph(unionOf(this.model, other.model));
  }

  /** How this graph's step differs from another's, of this graph or another. */
  stepDiff(step: Step, other: Graph, otherStep: Step): GraphStepDiff {
    return diffSteps(step.joinedWith(this), otherStep.joinedWith(other));
  }
}

/** Lists of what belongs together in a graph, by key: GraphKeys, and users' own. */
import type { Graph } from "./graph.ts";
import type { Operation, Tensor } from "./operation.ts";
import type { SummaryTensor } from "./summary/summary-tensor.ts";
import type { Variable } from "./variable.ts";

/** What the collections of known keys hold; those of other keys hold whatever is added. */
export interface CollectionItems {
  variables: Variable;
  local_variables: Variable;
  model_variables: Variable;
  metric_variables: Variable;
  trainable_variables: Variable;
  moving_average_variables: Variable;
  global_step: Variable;
  summaries: SummaryTensor;
  losses: Tensor;
  regularization_losses: Tensor;
  weights: Variable | Tensor;
  biases: Variable | Tensor;
  activations: Tensor;
  update_ops: Operation | Tensor;
  train_op: Operation | Tensor;
}

export type CollectionKey = keyof CollectionItems;

/** The collections of one graph. */
class Collections {
  private readonly lists = new Map<string, unknown[]>();

  get keys(): string[] {
    return [...this.lists.keys()];
  }

  /** The list itself: what is added to it is in the collection. */
  list(key: string): unknown[] {
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    const list: unknown[] = [];
    this.lists.set(key, list);
    return list;
  }

  /** What is in the collection; with a scope, only what has a name that starts with it (a regular expression). */
  items(key: string, scope?: string): unknown[] {
    const items = this.lists.get(key) ?? [];
    if (scope === undefined || scope === "") return [...items];
    const pattern = new RegExp(`^(?:${scope})`);
    return items.filter((item) => {
      const name = nameOf(item);
      return name !== undefined && pattern.test(name);
    });
  }
}

const ofGraphs = new WeakMap<Graph, Collections>();

/** The graph's collections. */
export function collectionsOf(graph: Graph): Collections {
  const known = ofGraphs.get(graph) ?? new Collections();
  ofGraphs.set(graph, known);
  return known;
}

function nameOf(item: unknown): string | undefined {
  const hasName = typeof item === "object" && item !== null && "name" in item;
  return hasName && typeof item.name === "string" ? item.name : undefined;
}

/** Several summaries as one. */
import { GraphError } from "../../errors.ts";
import { attr } from "../../graph/attrs.ts";
import { getCollection } from "../collecting.ts";
import { getDefaultGraph } from "../graph.ts";
import { GraphKeys } from "../graph-keys.ts";
import { apply } from "../op.ts";
import type { Named } from "../ops/array.ts";
import { type CollectionOptions, collect, SummaryTensor } from "./summary-tensor.ts";

/**
 * Adds a summary that holds all of these. Evaluating it throws ValueError when two have one tag.
 *
 * @param options it is in no collection by default
 * @throws GraphError when there are none
 * @example
 * const both = v1.summary.merge([v1.summary.scalar("a", 1), v1.summary.scalar("b", 2)]);
 * console.log(both.name); // Merge/MergeSummary:0
 */
export function merge(
  inputs: readonly SummaryTensor[],
  options: CollectionOptions & Named = {},
): SummaryTensor {
  const { collections = [], name } = options;
  if (inputs.length === 0) throw new GraphError("no summaries to merge");
  return getDefaultGraph().nameScope(name ?? "Merge", () => {
    const summaries = inputs.map((input, i) => [`inputs_${i}`, input] as const);
    const operation = apply("MergeSummary", { name }, summaries, () => ({
      attrs: { N: attr.int(inputs.length) },
      outputs: [{ dtype: "string", shape: [] }],
    }));
    return collect(new SummaryTensor(operation, 0), collections);
  });
}

/**
 * Adds a summary that holds all that are in a collection.
 *
 * @param key default SUMMARIES, where they all go
 * @param scope only those whose names begin with it, a regular expression; default: all
 * @throws GraphError when there are none
 * @example
 * const loss = v1.placeholder("float32", []);
 * v1.summary.scalar("loss", loss);
 * v1.summary.scalar("rate", v1.train.exponentialDecay(0.1, 0, 100, 0.96));
 * const merged = v1.summary.mergeAll();
 * const events = new v1.summary.FileWriter("runs/v1", v1.getDefaultGraph());
 * for (let step = 0; step < 10; step++) events.addSummary(merged.eval([[loss, 1 / (step + 1)]]), step);
 * await events.close();
 */
export function mergeAll(
  key: string = GraphKeys.SUMMARIES,
  scope?: string,
  options: Named = {},
): SummaryTensor {
  const found = getCollection(key, scope).filter((item) => item instanceof SummaryTensor);
  if (found.length > 0) return merge(found, options);
  throw new GraphError(`no summaries in the collection "${key}": make some first`);
}

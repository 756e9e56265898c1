/** Labels that change what t-SNE holds together, as stock's "Supervise" does. */
import type { Supervision } from "../types.ts";
import type { Graph } from "./graph.ts";

/** No pair is let go, and none is certain: stock's bounds. */
const LEAST = 1e-7;

/**
 * Probabilities weighed by the labels of both ends and scaled to sum to 1 again: more of pairs of one class, less of
 * pairs of two, by how many rows each has; pairs of which an end is not known in between.
 */
export function supervisedAffinities(graph: Graph, { labels, strength }: Supervision): Graph {
  const { count, offsets, columns } = graph;
  const share = strength / 100;
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const unknown = sizes.get(-1) ?? 0;
  const values = graph.values.slice();
  let total = 0;
  for (let point = 0; point < count; point++) {
    const label = labels[point]!;
    const same = sizes.get(label)!;
    const others = count - same - unknown;
    for (let edge = offsets[point]!; edge < offsets[point + 1]!; edge++) {
      const other = labels[columns[edge]!]!;
      let weight = 1 / count;
      if (label >= 0 && other >= 0)
        weight =
          label === other
            ? Math.min(weight + share / same, 1 - LEAST)
            : Math.max(weight - share / others, LEAST);
      values[edge] = values[edge]! * weight;
      total += values[edge]!;
    }
  }
  return { ...graph, values: total > 0 ? values.map((value) => value / total) : graph.values };
}

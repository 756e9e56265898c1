/** UMAP's graph: how surely each point is a neighbour of each other (McInnes, Healy and Melville 2018, section 3). */
import type { NeighbourTable } from "../neighbours/table.ts";
import type { Supervision } from "../types.ts";
import type { Work } from "../work.ts";
import { bothWays, type Graph, graphOf } from "./graph.ts";

const TURNS = 64;
const CLOSE_ENOUGH = 1e-5;
/** A bandwidth is at least this share of the mean distance. */
const LEAST_BANDWIDTH = 1e-3;

/** An edge is there if it is there one way or the other. */
const either = (there: number, back: number): number => there + back - there * back;

export function* fuzzyGraph(table: NeighbourTable, supervision?: Supervision): Work<Graph> {
  const { count, k, distances } = table;
  const strengths = new Float32Array(count * k);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
  for (let point = 0; point < count; point++) {
    setStrengths(distances.subarray(point * k, (point + 1) * k), strengths, point * k, mean);
    if (point % 2048 === 0) yield { stage: "graph", done: point, of: count };
  }
  const graph = yield* bothWays(yield* graphOf(table, strengths), either);
  return supervision && supervision.strength > 0 ? yield* supervised(graph, supervision) : graph;
}

/** The nearest is certain; farther ones less so, such that together they make log2 of the neighbours with itself. */
function setStrengths(distances: Float32Array, out: Float32Array, at: number, meanOfAll: number): void {
  const wanted = Math.log2(distances.length + 1);
  const nearest = distances.find((distance) => distance > 0) ?? 0;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let bandwidth = 1;
  for (let turn = 0; turn < TURNS; turn++) {
    let sum = 0;
    for (const distance of distances)
      sum += distance > nearest ? Math.exp(-(distance - nearest) / bandwidth) : 1;
    if (Math.abs(sum - wanted) < CLOSE_ENOUGH) break;
    if (sum > wanted) {
      high = bandwidth;
      bandwidth = (low + high) / 2;
    } else {
      low = bandwidth;
      bandwidth = high === Number.POSITIVE_INFINITY ? bandwidth * 2 : (low + high) / 2;
    }
  }
  const mean =
    nearest > 0 ? distances.reduce((sum, distance) => sum + distance, 0) / distances.length : meanOfAll;
  bandwidth = Math.max(bandwidth, LEAST_BANDWIDTH * mean);
  for (let i = 0; i < distances.length; i++) {
    const beyond = distances[i]! - nearest;
    out[at + i] = beyond > 0 && bandwidth > 0 ? Math.exp(-beyond / bandwidth) : 1;
  }
}

/** Edges between rows of different classes fade, as umap-learn's `target_weight` has it. */
function* supervised(graph: Graph, { labels, strength }: Supervision): Work<Graph> {
  const weight = Math.min(1, strength / 100);
  const far = weight < 1 ? 2.5 / (1 - weight) : 1e12;
  const values = graph.values.slice();
  const largest = new Float32Array(graph.count);
  for (let point = 0; point < graph.count; point++)
    for (let edge = graph.offsets[point]!; edge < graph.offsets[point + 1]!; edge++) {
      const here = labels[point]!;
      const there = labels[graph.columns[edge]!]!;
      if (here < 0 || there < 0) values[edge] = values[edge]! * Math.exp(-1);
      else if (here !== there) values[edge] = values[edge]! * Math.exp(-far);
      largest[point] = Math.max(largest[point]!, values[edge]!);
    }
  // Each point is sure of its nearest again.
  for (let point = 0; point < graph.count; point++)
    for (let edge = graph.offsets[point]!; edge < graph.offsets[point + 1]!; edge++)
      if (largest[point]! > 0) values[edge] = values[edge]! / largest[point]!;
  return yield* bothWays({ ...graph, values }, either);
}

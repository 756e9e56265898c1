/** t-SNE's probabilities: how likely each point takes each other for its neighbour (van der Maaten and Hinton 2008). */
import type { NeighbourTable } from "../neighbours/table.ts";
import type { Work } from "../work.ts";
import { bothWays, type Graph, graphOf } from "./graph.ts";

const TURNS = 100;
const CLOSE_ENOUGH = 1e-5;

/** Probabilities that sum to 1 over all pairs. */
export function* affinities(table: NeighbourTable, perplexity: number): Work<Graph> {
  const { count, k, distances } = table;
  const values = new Float32Array(count * k);
  const row = new Float64Array(k);
  for (let point = 0; point < count; point++) {
    setRow(distances.subarray(point * k, (point + 1) * k), perplexity, row);
    values.set(row, point * k);
    if (point % 512 === 0) yield { stage: "graph", done: point, of: count };
  }
  return yield* bothWays(yield* graphOf(table, values), (there, back) => (there + back) / (2 * count));
}

/** A bell whose width is such that its entropy is that of `perplexity` neighbours, found by halving. */
function setRow(distances: Float32Array, perplexity: number, row: Float64Array): void {
  const wanted = Math.log(perplexity);
  const nearest = distances[0]! ** 2;
  let precision = 1;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  // A start of the size of the distances saves most turns.
  const middle = distances[distances.length >> 1]! ** 2 - nearest;
  if (middle > 0) precision = 1 / middle;
  let sum = 1;
  for (let turn = 0; turn < TURNS; turn++) {
    sum = 0;
    let weighted = 0;
    for (let i = 0; i < row.length; i++) {
      // Less the nearest: it changes no probability, and keeps the sum above 0.
      const square = distances[i]! ** 2 - nearest;
      const value = Math.exp(-square * precision);
      row[i] = value;
      sum += value;
      weighted += value * square;
    }
    const entropy = Math.log(sum) + (precision * weighted) / sum;
    if (Math.abs(entropy - wanted) < CLOSE_ENOUGH) break;
    if (entropy > wanted) {
      low = precision;
      precision = high === Number.POSITIVE_INFINITY ? precision * 2 : (low + high) / 2;
    } else {
      high = precision;
      precision = (low + high) / 2;
    }
  }
  for (let i = 0; i < row.length; i++) row[i] = row[i]! / sum;
}

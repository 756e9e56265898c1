/**
 * Third step of a layered layout: where each node stands across its rank. Each rank is moved as near to its neighbours
 * as its order and room allow, which is an isotonic regression, solved exactly by pooling (Ayer and others, 1955).
 */
import type { Layers } from "./ordering.ts";

const SWEEPS = 12;
/** Long edges are kept straighter than short ones: a bend of a long one is seen further. */
const DUMMY_WEIGHT = 6;

/**
 * Centres across the ranks.
 *
 * @param isDummy whether a node only carries a long edge through its rank
 * @param room distance that centres of neighbours keep
 */
export function coordinates(
  layers: Layers,
  nodes: number,
  isDummy: (node: number) => boolean,
  room: (left: number, right: number) => number,
): Float64Array {
  const x = new Float64Array(nodes);
  for (const row of layers.rows) {
    let at = 0;
    row.forEach((node, i) => {
      if (i > 0) at += room(row[i - 1]!, node);
      x[node] = at;
    });
    // Ranks start in the middle of each other.
    for (const node of row) x[node]! -= at / 2;
  }
  const weight = (a: number, b: number): number =>
    isDummy(a) && isDummy(b) ? DUMMY_WEIGHT : isDummy(a) || isDummy(b) ? 2 : 1;
  const place = (row: readonly number[], sides: readonly (readonly (readonly number[])[])[]): void => {
    const wanted = new Float64Array(row.length);
    const weights = new Float64Array(row.length);
    row.forEach((node, i) => {
      let sum = 0;
      let total = 0;
      for (const neighbours of sides)
        for (const other of neighbours[node]!) {
          const w = weight(node, other);
          sum += w * x[other]!;
          total += w;
        }
      wanted[i] = total > 0 ? sum / total : x[node]!;
      weights[i] = total > 0 ? total : 0.01;
    });
    pool(row, wanted, weights, room, x);
  };
  const count = layers.rows.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (let k = 1; k < count; k++)
      place(layers.rows[down ? k : count - 1 - k]!, [down ? layers.before : layers.after]);
  }
  for (let round = 0; round < 3; round++)
    for (const row of layers.rows) place(row, [layers.before, layers.after]);
  return x;
}

/** Puts a row as near to `wanted` as its order and room allow (least squares). */
function pool(
  row: readonly number[],
  wanted: Float64Array,
  weights: Float64Array,
  room: (left: number, right: number) => number,
  x: Float64Array,
): void {
  const n = row.length;
  const offset = new Float64Array(n);
  for (let i = 1; i < n; i++) offset[i] = offset[i - 1]! + room(row[i - 1]!, row[i]!);
  const mean = new Float64Array(n);
  const mass = new Float64Array(n);
  const first = new Int32Array(n);
  let blocks = 0;
  for (let i = 0; i < n; i++) {
    mean[blocks] = wanted[i]! - offset[i]!;
    mass[blocks] = weights[i]!;
    first[blocks] = i;
    blocks++;
    while (blocks > 1 && mean[blocks - 2]! > mean[blocks - 1]!) {
      const [a, b] = [blocks - 2, blocks - 1];
      mean[a] = (mean[a]! * mass[a]! + mean[b]! * mass[b]!) / (mass[a]! + mass[b]!);
      mass[a]! += mass[b]!;
      blocks--;
    }
  }
  for (let b = 0; b < blocks; b++) {
    const end = b + 1 < blocks ? first[b + 1]! : n;
    for (let i = first[b]!; i < end; i++) x[row[i]!] = mean[b]! + offset[i]!;
  }
}

/** Second step of a layered layout: the order within each rank, by barycentres, so that few edges cross. */

export interface Layers {
  /** Nodes of each rank in order. */
  readonly rows: number[][];
  /** Neighbours of each node in the rank before and after. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

const SWEEPS = 10;
/** Neighbours change places only where this is quick. */
const TRANSPOSE_BELOW = 2_000;

/** Puts `layers.rows` in an order with few crossings. Starts from the order given, so that it stays near to it. */
export function order(layers: Layers, nodes: number): void {
  const position = new Float64Array(nodes);
  const note = (row: readonly number[]): void => {
    for (let i = 0; i < row.length; i++) position[row[i]!] = i;
  };
  layers.rows.forEach(note);
  let best = layers.rows.map((row) => row.slice());
  let least = crossings(layers, position);
  const sweeps = nodes > 4_000 ? 4 : SWEEPS;
  for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
    const down = sweep % 2 === 0;
    const count = layers.rows.length;
    for (let k = 1; k < count; k++) {
      const row = layers.rows[down ? k : count - 1 - k]!;
      sortByBarycentre(row, down ? layers.before : layers.after, position);
      note(row);
    }
    if (nodes < TRANSPOSE_BELOW) transpose(layers, position);
    const now = crossings(layers, position);
    if (now < least) {
      least = now;
      best = layers.rows.map((row) => row.slice());
    }
  }
  best.forEach((row, i) => {
    layers.rows[i] = row;
  });
}

/** Nodes without neighbours keep their place; the others share the places that are left, by barycentre. */
function sortByBarycentre(
  row: number[],
  neighbours: readonly (readonly number[])[],
  position: Float64Array,
): void {
  const movable: { node: number; at: number; was: number }[] = [];
  const places: number[] = [];
  row.forEach((node, i) => {
    const near = neighbours[node]!;
    if (near.length === 0) return;
    let sum = 0;
    for (const other of near) sum += position[other]!;
    movable.push({ node, at: sum / near.length, was: i });
    places.push(i);
  });
  movable.sort((a, b) => a.at - b.at || a.was - b.was);
  movable.forEach(({ node }, i) => {
    row[places[i]!] = node;
  });
}

function transpose(layers: Layers, position: Float64Array): void {
  for (let round = 0; round < 3; round++) {
    let better = false;
    for (const row of layers.rows)
      for (let i = 0; i + 1 < row.length; i++) {
        const [a, b] = [row[i]!, row[i + 1]!];
        const gain =
          gainOfSwap(layers.before[a]!, layers.before[b]!, position) +
          gainOfSwap(layers.after[a]!, layers.after[b]!, position);
        if (gain <= 0) continue;
        row[i] = b;
        row[i + 1] = a;
        position[b] = i;
        position[a] = i + 1;
        better = true;
      }
    if (!better) return;
  }
}

/** Crossings that go away when a node stands after its right-hand neighbour instead of before it. */
function gainOfSwap(left: readonly number[], right: readonly number[], position: Float64Array): number {
  let gain = 0;
  for (const a of left) for (const b of right) gain += Math.sign(position[a]! - position[b]!);
  return gain;
}

/** All crossings between neighbouring ranks (Barth, Mutzel, Jünger: counting inversions with a tree of sums). */
export function crossings(layers: Layers, position: Float64Array): number {
  let total = 0;
  for (let r = 0; r + 1 < layers.rows.length; r++) {
    const ends: number[] = [];
    for (const node of layers.rows[r]!) {
      const near = layers.after[node]!.map((other) => position[other]!);
      near.sort((a, b) => a - b);
      for (const end of near) ends.push(end);
    }
    total += inversions(ends, layers.rows[r + 1]!.length);
  }
  return total;
}

function inversions(ends: readonly number[], size: number): number {
  const tree = new Int32Array(size + 1);
  let count = 0;
  let seen = 0;
  for (const end of ends) {
    let smallerOrEqual = 0;
    for (let i = end + 1; i > 0; i -= i & -i) smallerOrEqual += tree[i]!;
    count += seen - smallerOrEqual;
    for (let i = end + 1; i <= size; i += i & -i) tree[i]!++;
    seen++;
  }
  return count;
}

/** First half of a layered layout: no circles, and a rank for each node such that edges lead from lower to higher. */

/** Edges by node, as offsets into one array of edge numbers. */
export interface Adjacency {
  readonly offsets: Int32Array;
  readonly edges: Int32Array;
}

export function adjacency(nodes: number, ends: Int32Array): Adjacency {
  const offsets = new Int32Array(nodes + 1);
  for (const end of ends) offsets[end + 1]!++;
  for (let v = 0; v < nodes; v++) offsets[v + 1]! += offsets[v]!;
  const edges = new Int32Array(ends.length);
  const at = offsets.slice();
  ends.forEach((end, e) => {
    edges[at[end]!++] = e;
  });
  return { offsets, edges };
}

/** Which edges are to be turned round so that no circle is left: those that lead back in a depth-first walk. */
export function backEdges(nodes: number, from: Int32Array, to: Int32Array): Uint8Array {
  const out = adjacency(nodes, from);
  const back = new Uint8Array(from.length);
  const state = new Uint8Array(nodes); // 1: on the way, 2: done
  const at = out.offsets.slice();
  const stack: number[] = [];
  for (let root = 0; root < nodes; root++) {
    if (state[root] !== 0) continue;
    stack.push(root);
    state[root] = 1;
    while (stack.length > 0) {
      const v = stack[stack.length - 1]!;
      if (at[v]! >= out.offsets[v + 1]!) {
        state[v] = 2;
        stack.pop();
        continue;
      }
      const e = out.edges[at[v]!++]!;
      const w = to[e]!;
      if (state[w] === 1) back[e] = 1;
      else if (state[w] === 0) {
        state[w] = 1;
        stack.push(w);
      }
    }
  }
  return back;
}

/** Sweeps in which nodes move to where their edges are shortest. */
const TIGHTENING = 6;

/**
 * Ranks from 0, for edges without circles: as long as the longest path, then each node as near to its neighbours as it
 * may stand. What has more consumers than inputs stands with its consumers.
 */
export function ranks(nodes: number, from: Int32Array, to: Int32Array): Int32Array {
  const out = adjacency(nodes, from);
  const into = adjacency(nodes, to);
  const order = topological(nodes, from, to, out, into);
  const rank = new Int32Array(nodes);
  for (const v of order)
    for (let i = out.offsets[v]!; i < out.offsets[v + 1]!; i++) {
      const w = to[out.edges[i]!]!;
      if (rank[w]! <= rank[v]!) rank[w] = rank[v]! + 1;
    }
  for (let sweep = 0; sweep < TIGHTENING; sweep++) {
    let moved = false;
    for (let k = 0; k < nodes; k++) {
      const v = sweep % 2 === 0 ? order[nodes - 1 - k]! : order[k]!;
      const outs = out.offsets[v + 1]! - out.offsets[v]!;
      const ins = into.offsets[v + 1]! - into.offsets[v]!;
      let want = rank[v]!;
      if (outs > ins) {
        want = Infinity;
        for (let i = out.offsets[v]!; i < out.offsets[v + 1]!; i++)
          want = Math.min(want, rank[to[out.edges[i]!]!]! - 1);
      } else if (ins > outs) {
        want = 0;
        for (let i = into.offsets[v]!; i < into.offsets[v + 1]!; i++)
          want = Math.max(want, rank[from[into.edges[i]!]!]! + 1);
      }
      if (want !== rank[v]) {
        rank[v] = want;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return normalised(rank);
}

function topological(
  nodes: number,
  from: Int32Array,
  to: Int32Array,
  out: Adjacency,
  into: Adjacency,
): Int32Array {
  const missing = new Int32Array(nodes);
  for (let v = 0; v < nodes; v++) missing[v] = into.offsets[v + 1]! - into.offsets[v]!;
  const order = new Int32Array(nodes);
  let end = 0;
  for (let v = 0; v < nodes; v++) if (missing[v] === 0) order[end++] = v;
  for (let k = 0; k < end; k++) {
    const v = order[k]!;
    for (let i = out.offsets[v]!; i < out.offsets[v + 1]!; i++) {
      const w = to[out.edges[i]!]!;
      if (--missing[w]! === 0) order[end++] = w;
    }
  }
  if (end !== nodes) throw new Error(`a circle is left among ${from.length} edges`);
  return order;
}

/** The same ranks from 0 on, without empty ones. */
function normalised(rank: Int32Array): Int32Array {
  const used = [...new Set(rank)].sort((a, b) => a - b);
  const index = new Map(used.map((value, i) => [value, i]));
  return rank.map((value) => index.get(value)!);
}

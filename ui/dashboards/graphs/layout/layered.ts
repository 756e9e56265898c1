/**
 * A layered layout (Sugiyama, Tagawa, Toda, 1981) of one connected part of a scope: ranks, order, coordinates, routes.
 * In directions of its own: ranks go down, and whoever asks for another direction turns the sizes and the result.
 */
import { coordinates } from "./coordinates.ts";
import { type Layout, type PortSide, SPACE } from "./layout-graph.ts";
import { type Layers, order } from "./ordering.ts";
import { backEdges, ranks } from "./ranks.ts";

/** More points than this that only carry edges: long edges then go straight, whatever stands between. */
const MOST_DUMMIES = 12_000;

export interface Part {
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  readonly sides: readonly PortSide[];
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export function layered(part: Part): Layout {
  const nodes = part.widths.length;
  const rank = ranksWithPorts(part);
  const rowCount = rank.reduce((most, value) => Math.max(most, value + 1), 0);
  const dummies = new Dummies(nodes, part, rank);
  const layers = layersOf(part, rank, rowCount, dummies);
  order(layers, dummies.end);
  const isDummy = (v: number): boolean => v >= nodes;
  const width = (v: number): number => (isDummy(v) ? 0 : part.widths[v]!);
  const room = (a: number, b: number): number =>
    (width(a) + width(b)) / 2 + (isDummy(a) || isDummy(b) ? SPACE.dummy : SPACE.node);
  const x = coordinates(layers, dummies.end, isDummy, room);
  const { tops, bottoms } = rowBounds(layers.rows, part, nodes);
  let [left, right] = [Infinity, -Infinity];
  for (let v = 0; v < dummies.end; v++) {
    left = Math.min(left, x[v]! - width(v) / 2);
    right = Math.max(right, x[v]! + width(v) / 2);
  }
  if (nodes === 0) [left, right] = [0, 0];
  for (let v = 0; v < dummies.end; v++) x[v]! -= left;
  const y = Array.from({ length: nodes }, (_, v) => (tops[rank[v]!]! + bottoms[rank[v]!]!) / 2);
  const routes = part.from.map((_, e) => route(e, part, rank, dummies, x, y, tops, bottoms));
  return { width: right - left, height: bottoms.at(-1) ?? 0, x: [...x.subarray(0, nodes)], y, routes };
}

/** Ports stand on ranks of their own, before and after all others. */
function ranksWithPorts({ widths, sides, from, to }: Part): Int32Array {
  const nodes = widths.length;
  const inner: number[] = [];
  for (let e = 0; e < from.length; e++)
    if (sides[from[e]!] === "none" && sides[to[e]!] === "none" && from[e] !== to[e]) inner.push(e);
  const start = Int32Array.from(inner, (e) => from[e]!);
  const end = Int32Array.from(inner, (e) => to[e]!);
  backEdges(nodes, start, end).forEach((back, i) => {
    if (back) [start[i], end[i]] = [end[i]!, start[i]!];
  });
  const rank = ranks(nodes, start, end);
  let most = -1;
  for (let v = 0; v < nodes; v++) if (sides[v] === "none") most = Math.max(most, rank[v]!);
  const first = sides.includes("first") ? 1 : 0;
  for (let v = 0; v < nodes; v++)
    rank[v] = sides[v] === "none" ? rank[v]! + first : sides[v] === "first" ? 0 : most + 1 + first;
  return rank;
}

/** Points that carry long edges through the ranks between their ends, numbered after the nodes. */
class Dummies {
  /** Of each edge: its first dummy, or -1; they go from the lower rank to the higher. */
  readonly first: Int32Array;
  readonly rank: number[] = [];
  end: number;

  constructor(nodes: number, { from, to }: Part, rank: Int32Array) {
    this.first = new Int32Array(from.length).fill(-1);
    this.end = nodes;
    const length = (e: number): number => Math.abs(rank[to[e]!]! - rank[from[e]!]!);
    let wanted = 0;
    for (let e = 0; e < from.length; e++) wanted += Math.max(0, length(e) - 1);
    const longest =
      wanted > MOST_DUMMIES ? 1 + Math.floor(MOST_DUMMIES / Math.max(1, from.length)) : Infinity;
    for (let e = 0; e < from.length; e++) {
      const low = Math.min(rank[from[e]!]!, rank[to[e]!]!);
      const count = length(e) - 1;
      if (count <= 0 || count > longest) continue;
      this.first[e] = this.end;
      for (let k = 1; k <= count; k++) this.rank.push(low + k);
      this.end += count;
    }
  }
}

/** Ranks with what connects neighbouring ones; each edge between ranks is a chain through its dummies. */
function layersOf({ from, to }: Part, rank: Int32Array, rowCount: number, dummies: Dummies): Layers {
  const rows: number[][] = Array.from({ length: rowCount }, () => []);
  const before: number[][] = Array.from({ length: dummies.end }, () => []);
  const after: number[][] = Array.from({ length: dummies.end }, () => []);
  rank.forEach((r, v) => {
    rows[r]!.push(v);
  });
  dummies.rank.forEach((r, i) => {
    rows[r]!.push(rank.length + i);
  });
  for (let e = 0; e < from.length; e++) {
    const [low, high] = rank[from[e]!]! <= rank[to[e]!]! ? [from[e]!, to[e]!] : [to[e]!, from[e]!];
    const length = rank[high]! - rank[low]!;
    const first = dummies.first[e]!;
    if (length === 0 || (length > 1 && first < 0)) continue;
    let last = low;
    for (let k = 1; k <= length; k++) {
      const next = k === length ? high : first + k - 1;
      after[last]!.push(next);
      before[next]!.push(last);
      last = next;
    }
  }
  return { rows, before, after };
}

function rowBounds(
  rows: readonly (readonly number[])[],
  { heights }: Part,
  nodes: number,
): { tops: number[]; bottoms: number[] } {
  const tops: number[] = [];
  const bottoms: number[] = [];
  let at = 0;
  for (const row of rows) {
    let height = 0;
    for (const v of row) if (v < nodes) height = Math.max(height, heights[v]!);
    tops.push(at);
    bottoms.push(at + height);
    at += height + SPACE.rank;
  }
  return { tops, bottoms };
}

/** From border to border; through each rank between, straight along. Within one rank, round below it. */
function route(
  e: number,
  { from, to, heights, widths }: Part,
  rank: Int32Array,
  dummies: Dummies,
  x: Float64Array,
  y: readonly number[],
  tops: readonly number[],
  bottoms: readonly number[],
): number[] {
  const [a, b] = [from[e]!, to[e]!];
  const down = rank[a]! <= rank[b]!;
  const [low, high] = down ? [a, b] : [b, a];
  const length = rank[high]! - rank[low]!;
  if (length === 0) return loop(a, b, x, y, widths, bottoms[rank[a]!]!);
  const points = [x[low]!, y[low]! + heights[low]! / 2];
  const first = dummies.first[e]!;
  // A node that is lower than its rank is left straight down.
  if (points[1]! < bottoms[rank[low]!]!) points.push(x[low]!, bottoms[rank[low]!]!);
  if (first >= 0)
    for (let k = 1; k < length; k++) {
      const dummy = x[first + k - 1]!;
      const row = rank[low]! + k;
      points.push(dummy, tops[row]!);
      if (bottoms[row]! > tops[row]!) points.push(dummy, bottoms[row]!);
    }
  const end = y[high]! - heights[high]! / 2;
  if (end > tops[rank[high]!]!) points.push(x[high]!, tops[rank[high]!]!);
  points.push(x[high]!, end);
  return down ? points : reversed(points);
}

function loop(
  a: number,
  b: number,
  x: Float64Array,
  y: readonly number[],
  widths: readonly number[],
  bottom: number,
): number[] {
  const shift = a === b ? widths[a]! / 4 : 0;
  const below = bottom + SPACE.rank / 2;
  return [x[a]! - shift, y[a]!, x[a]! - shift, below, x[b]! + shift, below, x[b]! + shift, y[b]!];
}

function reversed(points: readonly number[]): number[] {
  const turned: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) turned.push(points[i]!, points[i + 1]!);
  return turned;
}

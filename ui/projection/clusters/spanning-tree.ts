/**
 * The shortest tree through all points where sparse places are far: HDBSCAN's mutual reachability, the largest of a
 * distance and the distances at which either end has enough neighbours.
 */
import type { NeighbourTable } from "../neighbours/table.ts";
import type { PointSet } from "../point-set.ts";
import { sampleOf } from "../random.ts";
import type { Work } from "../work.ts";

export interface TreeEdges {
  readonly from: Int32Array<ArrayBuffer>;
  readonly to: Int32Array<ArrayBuffer>;
  readonly lengths: Float32Array<ArrayBuffer>;
}

/** Up to so many points all distances are looked at. */
export const MOST_EXACT = 12_000;
/** Points of a part that its distance from the others is measured by. */
const PART_SAMPLE = 200;

/** Prim's algorithm over all pairs. */
export function* exactTree(points: PointSet, cores: Float32Array): Work<TreeEdges> {
  const { kernels, count, columnAt } = points;
  const { kind, finish } = points.distance();
  const best = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  const parent = new Int32Array(count).fill(-1);
  const inTree = new Uint8Array(count);
  const edges = newEdges(count);
  let current = 0;
  for (let size = 1; size < count; size++) {
    inTree[current] = 1;
    points.select();
    kernels.run.distancesFrom(
      points.address(current),
      points.inverseLength(current),
      kind,
      0,
      count,
      columnAt,
    );
    const distances = kernels.floats(columnAt, count);
    let next = -1;
    let shortest = Number.POSITIVE_INFINITY;
    for (let point = 0; point < count; point++) {
      if (inTree[point]) continue;
      const length = Math.max(finish(distances[point]!), cores[current]!, cores[point]!);
      if (length < best[point]!) {
        best[point] = length;
        parent[point] = current;
      }
      if (next < 0 || best[point]! < shortest) {
        shortest = best[point]!;
        next = point;
      }
    }
    edges.from[size - 1] = parent[next]!;
    edges.to[size - 1] = next;
    edges.lengths[size - 1] = shortest;
    current = next;
    if (size % 16 === 0) yield { stage: "clusters", done: size, of: count };
  }
  return edges;
}

/** Kruskal's algorithm over the neighbours; parts that they leave apart are joined where samples of them are nearest. */
export function* neighbourTree(
  points: PointSet,
  table: NeighbourTable,
  cores: Float32Array,
  random: () => number,
): Work<TreeEdges> {
  const { count } = points;
  const { k, indices, distances } = table;
  const lengths = new Float32Array(count * k);
  for (let edge = 0; edge < lengths.length; edge++) {
    const other = indices[edge]!;
    lengths[edge] = Math.max(distances[edge]!, cores[Math.floor(edge / k)]!, other < 0 ? 0 : cores[other]!);
  }
  yield { stage: "clusters", done: 0, of: count };
  const order = orderOf(lengths);
  yield { stage: "clusters", done: 0, of: count };
  const edges = newEdges(count);
  const parts = new Parts(count);
  let size = 0;
  const add = (from: number, to: number, length: number): void => {
    if (!parts.join(from, to)) return;
    edges.from[size] = from;
    edges.to[size] = to;
    edges.lengths[size++] = length;
  };
  for (const edge of order)
    if (indices[edge]! >= 0) add(Math.floor(edge / k), indices[edge]!, lengths[edge]!);
  for (const [from, to, length] of yield* bridges(points, parts, cores, random)) add(from, to, length);
  return edges;
}

/** The shortest ways found between parts, shortest first; enough of them to join all. */
function* bridges(
  points: PointSet,
  parts: Parts,
  cores: Float32Array,
  random: () => number,
): Work<[from: number, to: number, length: number][]> {
  const { kernels, count, columnAt } = points;
  const { kind, finish } = points.distance();
  const members = new Map<number, number[]>();
  for (let point = 0; point < count; point++) {
    const part = parts.of(point);
    const list = members.get(part);
    if (list) list.push(point);
    else members.set(part, [point]);
  }
  const found: [number, number, number][] = [];
  if (members.size === 1) return found;
  for (const [part, list] of members) {
    // The nearest other point of each other part, seen from a few of this one.
    const nearest = new Map<number, [number, number, number]>();
    for (const pick of sampleOf(list.length, Math.ceil(PART_SAMPLE / members.size) + 1, random)) {
      const point = list[pick]!;
      points.select();
      kernels.run.distancesFrom(points.address(point), points.inverseLength(point), kind, 0, count, columnAt);
      const distances = kernels.floats(columnAt, count);
      for (let other = 0; other < count; other++) {
        const there = parts.of(other);
        if (there === part) continue;
        const known = nearest.get(there);
        const length = Math.max(finish(distances[other]!), cores[point]!, cores[other]!);
        if (!known || length < known[2]) nearest.set(there, [point, other, length]);
      }
      yield { stage: "clusters", done: found.length, of: 0 };
    }
    for (const edge of nearest.values()) found.push(edge);
  }
  return found.sort((a, b) => a[2] - b[2]);
}

/** Which points belong together. */
export class Parts {
  private readonly above: Int32Array;

  constructor(count: number) {
    this.above = Int32Array.from({ length: count }, (_, i) => i);
  }

  of(point: number): number {
    const { above } = this;
    let part = point;
    while (above[part] !== part) {
      above[part] = above[above[part]!]!;
      part = above[part]!;
    }
    return part;
  }

  /** False where they belonged together before. */
  join(a: number, b: number): boolean {
    const first = this.of(a);
    const second = this.of(b);
    if (first === second) return false;
    this.above[Math.max(first, second)] = Math.min(first, second);
    return true;
  }
}

/** Indices of the values, smallest value first. */
export function orderOf(values: Float32Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
}

function newEdges(count: number): TreeEdges {
  const size = Math.max(0, count - 1);
  return { from: new Int32Array(size), to: new Int32Array(size), lengths: new Float32Array(size) };
}

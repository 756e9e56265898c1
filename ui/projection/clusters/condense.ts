/**
 * From a tree through all points to clusters (Campello, Moulavi and Sander 2013): long edges are cut first; a part that
 * splits into two large enough ones has two clusters below it, and those are kept that last longest.
 */
import { orderOf, Parts, type TreeEdges } from "./spanning-tree.ts";

export interface FlatClusters {
  /** Cluster of each point, -1 for none; the numbers have no order. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly strengths: Float32Array<ArrayBuffer>;
}

/** A part of the points in the course of cutting. */
interface Part {
  readonly above: number;
  /** 1 / length at which it came to be. */
  readonly born: number;
  readonly below: number[];
  /** Points that fell out of it, and 1 / length when. */
  readonly points: number[];
  readonly fell: number[];
  /** How many points it had times how long it had them. */
  stability: number;
}

export function clustersFrom(edges: TreeEdges, count: number, minSize: number): FlatClusters {
  const labels = new Int32Array(count).fill(-1);
  const strengths = new Float32Array(count);
  if (count < 2) return { labels, strengths };
  const parts = condensed(merges(edges, count), count, minSize);
  const kept = mostStable(parts);
  for (const [label, root] of kept.entries()) setMembers(parts, root, label, labels, strengths);
  return { labels, strengths };
}

interface Merges {
  /** Of merge i, which is node count + i: what came together, at which length, and how many points it has. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly lengths: Float64Array;
  readonly sizes: Int32Array;
}

/** Single linkage: edges from the shortest on. */
function merges({ from, to, lengths }: TreeEdges, count: number): Merges {
  const left = new Int32Array(count - 1);
  const right = new Int32Array(count - 1);
  const at = new Float64Array(count - 1);
  const sizes = new Int32Array(count - 1);
  const parts = new Parts(count);
  const nodeOf = Int32Array.from({ length: count }, (_, i) => i);
  const sizeOf = (node: number): number => (node < count ? 1 : sizes[node - count]!);
  for (const [i, edge] of orderOf(lengths).entries()) {
    const a = nodeOf[parts.of(from[edge]!)]!;
    const b = nodeOf[parts.of(to[edge]!)]!;
    left[i] = a;
    right[i] = b;
    at[i] = lengths[edge]!;
    sizes[i] = sizeOf(a) + sizeOf(b);
    parts.join(from[edge]!, to[edge]!);
    nodeOf[parts.of(from[edge]!)] = count + i;
  }
  return { left, right, lengths: at, sizes };
}

/** Goes down from the whole; part 0 is all. */
function condensed({ left, right, lengths, sizes }: Merges, count: number, minSize: number): Part[] {
  const parts: Part[] = [newPart(-1, 0)];
  const sizeOf = (node: number): number => (node < count ? 1 : sizes[node - count]!);
  const todo: [node: number, part: number][] = [[2 * count - 2, 0]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [node, index] = next;
    if (node < count) continue;
    const part = parts[index]!;
    const merge = node - count;
    // Equal points are at no distance: as near as can be told.
    const when = 1 / Math.max(lengths[merge]!, 1e-12);
    const sides = [left[merge]!, right[merge]!];
    const large = sides.filter((side) => sizeOf(side) >= minSize);
    for (const side of sides) {
      if (large.length === 2) {
        part.below.push(parts.length);
        part.stability += (when - part.born) * sizeOf(side);
        todo.push([side, parts.length]);
        parts.push(newPart(index, when));
      } else if (large.includes(side)) todo.push([side, index]);
      else letFall(side, part, when, left, right, count);
    }
  }
  return parts;
}

function newPart(above: number, born: number): Part {
  return { above, born, below: [], points: [], fell: [], stability: 0 };
}

function letFall(
  node: number,
  part: Part,
  when: number,
  left: Int32Array,
  right: Int32Array,
  count: number,
): void {
  const todo = [node];
  for (let next = todo.pop(); next !== undefined; next = todo.pop())
    if (next >= count) todo.push(left[next - count]!, right[next - count]!);
    else {
      part.points.push(next);
      part.fell.push(when);
      part.stability += when - part.born;
    }
}

/** Parts of which none is above another, with the largest stability together; never the whole. */
function mostStable(parts: readonly Part[]): number[] {
  const best = new Float64Array(parts.length);
  const chosen = new Uint8Array(parts.length);
  // Parts below come after those above.
  for (let i = parts.length - 1; i > 0; i--) {
    const below = parts[i]!.below.reduce((sum, part) => sum + best[part]!, 0);
    chosen[i] = parts[i]!.below.length === 0 || parts[i]!.stability >= below ? 1 : 0;
    best[i] = chosen[i] ? parts[i]!.stability : below;
  }
  const kept: number[] = [];
  const todo = [...(parts[0]?.below ?? [])];
  for (let next = todo.pop(); next !== undefined; next = todo.pop())
    if (chosen[next]) kept.push(next);
    else for (const part of parts[next]!.below) todo.push(part);
  return kept;
}

/** All points below a part; how firmly each is in it is how long it stayed, beside the one that stayed longest. */
function setMembers(
  parts: readonly Part[],
  root: number,
  label: number,
  labels: Int32Array,
  strengths: Float32Array,
): void {
  const members: number[] = [];
  let longest = 0;
  const todo = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const part = parts[next]!;
    for (const [i, point] of part.points.entries()) {
      labels[point] = label;
      strengths[point] = part.fell[i]!;
      members.push(point);
      longest = Math.max(longest, part.fell[i]!);
    }
    for (const below of part.below) todo.push(below);
  }
  for (const point of members) strengths[point] = longest > 0 ? strengths[point]! / longest : 1;
}

/**
 * Edges as they are drawn: each edge between operations stands between the two boxes that hold its ends in the smallest
 * scope that holds both, and all between the same two are one.
 */
import { type BaseEdges, CONTROL_EDGE, REFERENCE_EDGE } from "./base-edges.ts";
import type { BoxTree } from "./box-tree.ts";
import { type SortedEdges, sortEdges } from "./sorted-edges.ts";

export interface MergedEdges {
  readonly length: number;
  /** Boxes with the same parent. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Edges in it, by kind. */
  readonly regular: Uint32Array;
  readonly control: Uint32Array;
  readonly reference: Uint32Array;
  /** Elements of the outputs, as TensorBoard counts them: all outputs of the source, for each edge. */
  readonly size: Float64Array;
  /** One of its edges, for its label. */
  readonly sample: Uint32Array;
  /** By scope. */
  readonly scopes: SortedEdges;
}

export function mergeEdges(tree: BoxTree, base: BaseEdges, elements: Float64Array): MergedEdges {
  const { parents } = tree;
  const count = parents.length;
  const from = new Int32Array(base.length);
  const to = new Int32Array(base.length);
  for (let edge = 0; edge < base.length; edge++) {
    from[edge] = climb(tree, base.from[edge]!, base.to[edge]!);
    to[edge] = climb(tree, base.to[edge]!, base.from[edge]!);
  }
  const merged = new Merged(base.length);
  const bySource = sortEdges(from, count);
  const slots = new Int32Array(count).fill(-1);
  for (let box = 0; box < count; box++) {
    const first = merged.length;
    for (let i = bySource.start[box]!; i < bySource.start[box + 1]!; i++) {
      const edge = bySource.edges[i]!;
      const target = to[edge]!;
      const known = slots[target]!;
      const slot = known >= first ? known : merged.open(box, target, edge);
      slots[target] = slot;
      const told = elements[tree.rows[base.from[edge]!]!]!;
      merged.count(slot, base.flags[edge]!, Number.isNaN(told) ? 1 : told);
    }
  }
  return merged.done(parents);
}

/** The outermost box around `box` that does not hold `other`. */
export function climb({ parents, ends }: BoxTree, box: number, other: number): number {
  let at = box;
  for (let up = parents[at]!; up !== -1 && !(up <= other && other < ends[up]!); up = parents[at]!) at = up;
  return at;
}

class Merged {
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly regular: Uint32Array;
  readonly control: Uint32Array;
  readonly reference: Uint32Array;
  readonly size: Float64Array;
  readonly sample: number[] = [];

  constructor(capacity: number) {
    this.regular = new Uint32Array(capacity);
    this.control = new Uint32Array(capacity);
    this.reference = new Uint32Array(capacity);
    this.size = new Float64Array(capacity);
  }

  get length(): number {
    return this.from.length;
  }

  open(from: number, to: number, edge: number): number {
    this.to.push(to);
    this.sample.push(edge);
    return this.from.push(from) - 1;
  }

  count(slot: number, flags: number, size: number): void {
    if ((flags & CONTROL_EDGE) !== 0) this.control[slot]!++;
    else this.regular[slot]!++;
    if ((flags & REFERENCE_EDGE) !== 0) this.reference[slot]!++;
    this.size[slot]! += size;
  }

  done(parents: Int32Array): MergedEdges {
    const { length } = this;
    const from = Int32Array.from(this.from);
    return {
      length,
      from,
      to: Int32Array.from(this.to),
      regular: this.regular.slice(0, length),
      control: this.control.slice(0, length),
      reference: this.reference.slice(0, length),
      size: this.size.slice(0, length),
      sample: Uint32Array.from(this.sample),
      scopes: sortEdges(
        from.map((box) => parents[box]!),
        parents.length,
      ),
    };
  }
}

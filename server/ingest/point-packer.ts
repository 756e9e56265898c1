/**
 * Takes the points of a scan apart by tag and packs them into a slab, on the thread that reads: the store only has to
 * link the blocks. Tags with few points go as plain columns instead.
 */
import type { PointArrays } from "../store/points.ts";
import { BLOCK_POINTS, SlabWriter, sameTimes } from "../store/slab-writer.ts";
import { ListPool } from "../util/list-pool.ts";
import type { BlockList, PointColumns } from "./batch.ts";
import type { ScannedPoints } from "./scanner.ts";

/** Fewer points of a tag than this are not worth a block, but for those that a series begins with. */
const LEAST_BLOCK = 16;
/** Room for several full scans, or the points of many small files. */
const SLAB_BYTES = 1 << 22;
const SLAB_BLOCKS = 1 << 13;

export interface PackedPoints {
  readonly points: PointColumns | null;
  readonly blocks: BlockList | null;
}

/** A slab's parts, ready to be handed to another thread. */
export interface SlabParts {
  readonly directory: Float64Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const NOTHING: PackedPoints = { points: null, blocks: null };

interface Group {
  readonly tag: string;
  readonly from: number;
  readonly to: number;
}

export class PointPacker {
  readonly #writer = new SlabWriter(SLAB_BYTES, SLAB_BLOCKS);
  /** The scan's points in order of tag. */
  #steps = new Float64Array(0);
  #walls = new Float64Array(0);
  #values = new Float32Array(0);
  /** Rows of the block before, in this scan. */
  #last: { readonly from: number; readonly to: number } | null = null;
  readonly #tagLists = new ListPool<string>();
  /** Counters by interned tag; all zero between calls. */
  #counters = new Int32Array(1024);

  /** Whether the points surely fit the slab. */
  fits({ count }: ScannedPoints): boolean {
    return this.#writer.fits(count, Math.ceil(count / LEAST_BLOCK + count / BLOCK_POINTS));
  }

  /**
   * Packs points, which must fit.
   *
   * @param names the interned tags
   * @param isFirst whether a file is read from its start: its series begin with few points as well as with many
   */
  pack(scanned: ScannedPoints, names: readonly string[], isFirst = false): PackedPoints {
    if (scanned.count === 0) return NOTHING;
    const groups = this.#group(scanned, names);
    const points = { steps: this.#steps, walls: this.#walls, values: this.#values };
    const small: Group[] = [];
    const first = this.#writer.blocks;
    const tags: string[] = [];
    this.#last = null;
    const few = isFirst && this.#writer.fits(scanned.count, scanned.count) ? 0 : LEAST_BLOCK;
    for (const group of groups) {
      if (group.to - group.from < few || !ascends(this.#steps, group.from, group.to)) small.push(group);
      else this.#packGroup(points, group, tags);
    }
    return {
      points: small.length > 0 ? columnsOf(points, small) : null,
      blocks: tags.length > 0 ? { tags: this.#tagLists.of(tags), first } : null,
    };
  }

  /** Packs a group as blocks of about the same size. */
  #packGroup(points: PointArrays, { tag, from, to }: Group, tags: string[]): void {
    const blocks = Math.ceil((to - from) / BLOCK_POINTS);
    const each = Math.ceil((to - from) / blocks);
    for (let start = from; start < to; start += each) {
      const end = Math.min(to, start + each);
      const last = this.#last;
      const shared =
        last !== null &&
        last.to - last.from === end - start &&
        sameTimes(points, last.from, points, start, end - start);
      this.#writer.add(points, start, end, shared);
      this.#last = { from: start, to: end };
      tags.push(tag);
    }
  }

  /** Sorts the points by tag, keeping their order within a tag. */
  #group({ count, tags, steps, walls, values }: ScannedPoints, names: readonly string[]): Group[] {
    if (this.#counters.length < names.length) this.#counters = new Int32Array(names.length * 2);
    if (this.#steps.length < count) {
      this.#steps = new Float64Array(count);
      this.#walls = new Float64Array(count);
      this.#values = new Float32Array(count);
    }
    const counters = this.#counters;
    const ids: number[] = [];
    for (let i = 0; i < count; i++) {
      const tag = tags[i]!;
      if (counters[tag]!++ === 0) ids.push(tag);
    }
    const groups: Group[] = [];
    let next = 0;
    for (const id of ids) {
      const to = next + counters[id]!;
      groups.push({ tag: names[id]!, from: next, to });
      counters[id] = next;
      next = to;
    }
    for (let i = 0; i < count; i++) {
      const to = counters[tags[i]!]!++;
      this.#steps[to] = steps[i]!;
      this.#walls[to] = walls[i]!;
      this.#values[to] = values[i]!;
    }
    for (const id of ids) counters[id] = 0;
    return groups;
  }

  /** What has been packed since the last call; null when nothing. */
  take(): SlabParts | null {
    if (this.#writer.blocks === 0) return null;
    const parts = this.#writer.copies();
    this.#writer.clear();
    return parts;
  }
}

function ascends(steps: Float64Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (!(steps[i]! > steps[i - 1]!)) return false;
  return true;
}

/** The points of some groups as plain columns of their own. */
function columnsOf({ steps, walls, values }: PointArrays, groups: readonly Group[]): PointColumns {
  const total = groups.reduce((sum, { from, to }) => sum + to - from, 0);
  const columns = {
    tags: groups.map(({ tag }) => tag),
    counts: groups.map(({ from, to }) => to - from),
    steps: new Float64Array(total),
    walls: new Float64Array(total),
    values: new Float32Array(total),
  };
  let at = 0;
  for (const { from, to } of groups) {
    columns.steps.set(steps.subarray(from, to) as Float64Array, at);
    columns.walls.set(walls.subarray(from, to), at);
    columns.values.set(values.subarray(from, to), at);
    at += to - from;
  }
  return columns;
}

/** One point whose step no double holds. */
export function widePoint(tag: string, step: bigint, wall: number, value: number): PointColumns {
  const steps = BigInt64Array.of(step);
  return { tags: [tag], counts: [1], steps, walls: Float64Array.of(wall), values: Float32Array.of(value) };
}

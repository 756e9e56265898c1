/** Packs points into a slab, block after block. Steps of each block ascend strictly; see `block.ts` for reading. */
import {
  ColumnKind,
  type ColumnViews,
  type LinePlan,
  planLine,
  rowBytes,
  viewsOf,
  writeLine,
} from "./linear-column.ts";
import type { PointArrays } from "./points.ts";
import { FIELDS, Field, HINT_BYTES, HINT_ROWS, NO_HINT } from "./slab.ts";

/** Most points of a block. */
export const BLOCK_POINTS = 4096;

/**
 * Doubles from 2^30 to 2^31 are whole multiples of 2^-22: in that unit, wall times from 2004 to 2038 are integers,
 * and so are their differences.
 */
const WALL_UNIT = 2 ** -22;
const WALL_MIN = 2 ** 30;
const WALL_MAX = 2 ** 31;

export class SlabWriter {
  readonly data: ArrayBuffer;
  readonly directory: Float64Array;
  readonly #views: ColumnViews;
  /** Blocks written. */
  blocks = 0;
  /** Bytes written. */
  bytes = 0;
  /** The block before, whose steps and times the next one may share. */
  #last: PointArrays | null = null;

  /** @param bytes room for data, a multiple of 8; @param blocks room in the directory */
  constructor(bytes: number, blocks: number) {
    this.data = new ArrayBuffer(bytes);
    this.directory = new Float64Array(blocks * FIELDS);
    this.#views = viewsOf(this.data);
  }

  /** Whether `points` more in `blocks` more blocks surely fit. */
  fits(points: number, blocks: number): boolean {
    const hints = Math.ceil(points / HINT_ROWS + blocks) * HINT_BYTES;
    const needed = points * 20 + hints + blocks * 32;
    return (
      this.bytes + needed <= this.data.byteLength && (this.blocks + blocks) * FIELDS <= this.directory.length
    );
  }

  /**
   * Packs rows `from` to `to`, which must fit, as one block; gives its number.
   *
   * @param shared rows of the block before that have the same steps and wall times; kept once
   */
  add(points: PointArrays, from: number, to: number, shared = false): number {
    const number = this.blocks++;
    const at = number * FIELDS;
    const entry = this.directory;
    entry[at + Field.count] = to - from;
    if (shared && number > 0)
      entry.copyWithin(at + Field.stepKind, at - FIELDS + Field.stepKind, at - FIELDS + Field.valueOffset);
    else this.#addTimes(at, points, from, to);
    this.#addValues(at, points.values.subarray(from, to));
    return number;
  }

  /** Whether rows of `points` have the steps and wall times of the block packed last. */
  sharesTimes(points: PointArrays, from: number, to: number): boolean {
    const last = this.#last;
    if (!last || last.steps.length !== to - from) return false;
    for (let i = 0; i < to - from; i++)
      if (last.steps[i] !== points.steps[from + i] || last.walls[i] !== points.walls[from + i]) return false;
    return true;
  }

  #addTimes(at: number, { steps, walls, values }: PointArrays, from: number, to: number): void {
    const entry = this.directory;
    if (steps instanceof Float64Array) {
      const stepUnit = 1;
      const plan = planLine(steps, from, to, stepUnit);
      const offset = this.#allocate(plan, to - from);
      writeLine(this.#views, offset, plan, steps, from, to, stepUnit);
      entry[at + Field.stepKind] = plan.kind;
      entry[at + Field.stepOffset] = offset;
      entry[at + Field.stepSlope] = plan.slope;
    } else {
      const offset = this.#allocate({ kind: ColumnKind.BigInt64, slope: 0 }, to - from);
      this.#views.bigInt64.set(steps.subarray(from, to), offset / 8);
      entry[at + Field.stepKind] = ColumnKind.BigInt64;
      entry[at + Field.stepOffset] = offset;
    }
    entry[at + Field.firstStep] = Number(steps[from]);
    entry[at + Field.lastStep] = Number(steps[to - 1]);

    const unit = unitOf(walls, from, to);
    const plan = planLine(walls, from, to, unit);
    const offset = this.#allocate(plan, to - from);
    writeLine(this.#views, offset, plan, walls, from, to, unit);
    entry[at + Field.wallKind] = plan.kind;
    entry[at + Field.wallOffset] = offset;
    entry[at + Field.wallSlope] = plan.slope;
    entry[at + Field.wallUnit] = unit;
    entry[at + Field.firstWall] = walls[from]!;
    entry[at + Field.lastWall] = walls[to - 1]!;
    entry[at + Field.wallsAscend] = ascends(walls, from, to) ? 1 : 0;
    this.#last = { steps: steps.subarray(from, to), walls: walls.subarray(from, to), values };
  }

  #addValues(at: number, values: Float32Array): void {
    const { float32, bytes } = this.#views;
    const valueOffset = this.#align(4);
    float32.set(values, valueOffset / 4);
    this.bytes = valueOffset + values.byteLength;
    const hintOffset = this.bytes;
    let lowest = -1;
    let highest = -1;
    let nan = -1;
    for (let start = 0; start < values.length; start += HINT_ROWS) {
      const hint = extremes(values, start, Math.min(values.length, start + HINT_ROWS));
      bytes[this.bytes++] = hint.lowest < 0 ? NO_HINT : hint.lowest - start;
      bytes[this.bytes++] = hint.highest < 0 ? NO_HINT : hint.highest - start;
      bytes[this.bytes++] = hint.nan < 0 ? NO_HINT : hint.nan - start;
      if (nan < 0) nan = hint.nan;
      if (hint.lowest < 0) continue;
      if (lowest < 0 || values[hint.lowest]! < values[lowest]!) lowest = hint.lowest;
      if (highest < 0 || values[hint.highest]! > values[highest]!) highest = hint.highest;
    }
    const entry = this.directory;
    entry[at + Field.valueOffset] = valueOffset;
    entry[at + Field.hintOffset] = hintOffset;
    entry[at + Field.lowest] = lowest;
    entry[at + Field.highest] = highest;
    entry[at + Field.nan] = nan;
    entry[at + Field.min] = lowest < 0 ? Number.NaN : values[lowest]!;
    entry[at + Field.max] = highest < 0 ? Number.NaN : values[highest]!;
  }

  #align(size: number): number {
    return Math.ceil(this.bytes / size) * size;
  }

  #allocate({ kind }: LinePlan, rows: number): number {
    const each = rowBytes(kind);
    if (each === 0) return 0;
    const offset = this.#align(each);
    this.bytes = offset + rows * each;
    return offset;
  }

  /** Empties the slab for the next blocks. */
  clear(): void {
    this.blocks = 0;
    this.bytes = 0;
    this.#last = null;
  }

  /** Copies of what has been written, as small as it is. */
  copies(): { directory: Float64Array<ArrayBuffer>; data: ArrayBuffer } {
    return {
      directory: this.directory.slice(0, this.blocks * FIELDS),
      data: this.data.slice(0, this.#align(8)),
    };
  }
}

function unitOf(walls: Float64Array, from: number, to: number): number {
  for (let i = from; i < to; i++) if (!(walls[i]! >= WALL_MIN && walls[i]! < WALL_MAX)) return 0;
  return WALL_UNIT;
}

function ascends(walls: Float64Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (walls[i]! < walls[i - 1]!) return false;
  return true;
}

/** Rows from `from` to `to` of the smallest and largest number and of the first NaN; -1 where there is none. */
function extremes(
  values: Float32Array,
  from: number,
  to: number,
): { lowest: number; highest: number; nan: number } {
  let lowest = -1;
  let highest = -1;
  let nan = -1;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (value < min || (lowest < 0 && value === min)) {
      min = value;
      lowest = i;
    }
    if (value > max || (highest < 0 && value === max)) {
      max = value;
      highest = i;
    }
    if (nan < 0 && Number.isNaN(value)) nan = i;
  }
  return { lowest, highest, nan };
}

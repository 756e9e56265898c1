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
import {
  FIELDS,
  Field,
  HINT_ROWS,
  hintBytes,
  mostBytes,
  NO_HINT,
  NO_WIDE_HINT,
  WIDE_ROWS,
  wideHintBytes,
} from "./slab.ts";

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

  /** @param bytes room for data, a multiple of 8; @param blocks room in the directory */
  constructor(bytes: number, blocks: number) {
    this.data = new ArrayBuffer(bytes);
    this.directory = new Float64Array(blocks * FIELDS);
    this.#views = viewsOf(this.data);
  }

  /** Whether `points` more in `blocks` more blocks surely fit. */
  fits(points: number, blocks: number): boolean {
    const needed = mostBytes(points, blocks);
    return (
      this.bytes + needed <= this.data.byteLength && (this.blocks + blocks) * FIELDS <= this.directory.length
    );
  }

  /**
   * Packs rows `from` to `to`, which must fit, as one block; gives its number.
   *
   * @param shared the block before has the same steps and wall times: they are kept once (see {@link sameTimes})
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

  #addTimes(at: number, { steps, walls }: PointArrays, from: number, to: number): void {
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
  }

  #addValues(at: number, values: Float32Array): void {
    const valueOffset = this.#align(4);
    this.#views.float32.set(values, valueOffset / 4);
    const hintOffset = valueOffset + values.byteLength;
    this.bytes = hintOffset + hintBytes(values.length);
    const all = new Extremes(values);
    for (let start = 0; start < values.length; start += WIDE_ROWS) {
      const wide = this.#hint(hintOffset, values, start);
      this.#wideHint(hintOffset / 2 + (start / WIDE_ROWS) * 3, wide, start);
      all.join(wide);
    }
    const entry = this.directory;
    entry[at + Field.valueOffset] = valueOffset;
    entry[at + Field.hintOffset] = hintOffset;
    entry[at + Field.lowest] = all.lowest;
    entry[at + Field.highest] = all.highest;
    entry[at + Field.nan] = all.nan;
    entry[at + Field.min] = all.lowest < 0 ? Number.NaN : values[all.lowest]!;
    entry[at + Field.max] = all.highest < 0 ? Number.NaN : values[all.highest]!;
  }

  /** Writes the narrow hints of the rows that one wide hint is for; gives their extremes. */
  #hint(hintOffset: number, values: Float32Array, from: number): Extremes {
    const { bytes } = this.#views;
    const to = Math.min(values.length, from + WIDE_ROWS);
    let at = hintOffset + wideHintBytes(values.length) + (from / HINT_ROWS) * 3;
    const wide = new Extremes(values);
    for (let start = from; start < to; start += HINT_ROWS) {
      const narrow = new Extremes(values);
      narrow.scan(start, Math.min(to, start + HINT_ROWS));
      bytes[at++] = narrow.lowest < 0 ? NO_HINT : narrow.lowest - start;
      bytes[at++] = narrow.highest < 0 ? NO_HINT : narrow.highest - start;
      bytes[at++] = narrow.nan < 0 ? NO_HINT : narrow.nan - start;
      wide.join(narrow);
    }
    return wide;
  }

  #wideHint(at: number, { lowest, highest, nan }: Extremes, from: number): void {
    const { uint16 } = this.#views;
    uint16[at] = lowest < 0 ? NO_WIDE_HINT : lowest - from;
    uint16[at + 1] = highest < 0 ? NO_WIDE_HINT : highest - from;
    uint16[at + 2] = nan < 0 ? NO_WIDE_HINT : nan - from;
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
}

/** Whether `count` rows of two sets of points have the same steps and wall times. */
export function sameTimes(
  a: PointArrays,
  fromA: number,
  b: PointArrays,
  fromB: number,
  count: number,
): boolean {
  for (let i = 0; i < count; i++)
    if (a.steps[fromA + i] !== b.steps[fromB + i] || a.walls[fromA + i] !== b.walls[fromB + i]) return false;
  return true;
}

function unitOf(walls: Float64Array, from: number, to: number): number {
  for (let i = from; i < to; i++) if (!(walls[i]! >= WALL_MIN && walls[i]! < WALL_MAX)) return 0;
  return WALL_UNIT;
}

function ascends(walls: Float64Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (walls[i]! < walls[i - 1]!) return false;
  return true;
}

/** Rows of the smallest and largest number and of the first NaN; -1 where there is none. */
class Extremes {
  lowest = -1;
  highest = -1;
  nan = -1;
  readonly #values: Float32Array;

  constructor(values: Float32Array) {
    this.#values = values;
  }

  /** Looks at rows, once. */
  scan(from: number, to: number): void {
    const values = this.#values;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let row = from; row < to; row++) {
      const value = values[row]!;
      if (value < min || (this.lowest < 0 && value === min)) {
        min = value;
        this.lowest = row;
      }
      if (value > max || (this.highest < 0 && value === max)) {
        max = value;
        this.highest = row;
      }
      if (this.nan < 0 && Number.isNaN(value)) this.nan = row;
    }
  }

  /** Takes in the extremes of rows behind these. */
  join({ lowest, highest, nan }: Extremes): void {
    const values = this.#values;
    if (lowest >= 0 && (this.lowest < 0 || values[lowest]! < values[this.lowest]!)) this.lowest = lowest;
    if (highest >= 0 && (this.highest < 0 || values[highest]! > values[this.highest]!))
      this.highest = highest;
    if (this.nan < 0) this.nan = nan;
  }
}

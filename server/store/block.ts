/** A sealed run of points, packed in a slab (see `slab-writer.ts`). Steps ascend strictly; nothing is rounded. */
import { ColumnKind, readLine, readLines } from "./linear-column.ts";
import type { PointRows } from "./points.ts";
import {
  FIELDS,
  Field,
  HINT_ROWS,
  NO_HINT,
  NO_WIDE_HINT,
  type Slab,
  WIDE_ROWS,
  wideHintBytes,
} from "./slab.ts";

/** Is told of rows that may be those of the smallest and the largest number and of the first NaN. */
export interface ExtremesSink {
  low(row: number, value: number): void;
  high(row: number, value: number): void;
  nan(row: number): void;
}

/** Tells of a row by itself. */
export function addValue(row: number, value: number, sink: ExtremesSink): void {
  if (Number.isNaN(value)) {
    sink.nan(row);
    return;
  }
  sink.low(row, value);
  sink.high(row, value);
}

export class Block implements PointRows {
  readonly slab: Slab;
  /** Where the directory speaks of it. */
  readonly #at: number;

  /** @param number of the block in its slab */
  constructor(slab: Slab, number: number) {
    this.slab = slab;
    this.#at = number * FIELDS;
  }

  #field(field: number): number {
    return this.slab.directory[this.#at + field]!;
  }

  get count(): number {
    return this.#field(Field.count);
  }

  /** The first step; of steps beyond 2^53 exactly. */
  get firstStep(): number | bigint {
    return this.#isWide ? this.stepAt(0) : this.#field(Field.firstStep);
  }

  get lastStep(): number | bigint {
    return this.#isWide ? this.stepAt(this.count - 1) : this.#field(Field.lastStep);
  }

  get firstWall(): number {
    return this.#field(Field.firstWall);
  }

  get lastWall(): number {
    return this.#field(Field.lastWall);
  }

  /** Whether wall times never go back. */
  get wallsAscend(): boolean {
    return this.#field(Field.wallsAscend) !== 0;
  }

  get #isWide(): boolean {
    return this.#field(Field.stepKind) === ColumnKind.BigInt64;
  }

  stepAt(row: number): number | bigint {
    const { views } = this.slab;
    if (this.#isWide) return views.bigInt64[this.#field(Field.stepOffset) / 8 + row]!;
    return readLine(views, this.slab.directory, this.#at + Field.stepKind, row, 1);
  }

  wallAt(row: number): number {
    const { views, directory } = this.slab;
    return readLine(views, directory, this.#at + Field.wallKind, row, directory[this.#at + Field.wallUnit]!);
  }

  valueAt(row: number): number {
    return this.slab.views.float32[this.#field(Field.valueOffset) / 4 + row]!;
  }

  /** Gives the rows of the smallest and largest number and of the first NaN, from the directory alone. */
  #wholeExtremes(sink: ExtremesSink, base: number): void {
    const lowest = this.#field(Field.lowest);
    const highest = this.#field(Field.highest);
    const nan = this.#field(Field.nan);
    if (lowest >= 0) sink.low(base + lowest, this.#field(Field.min));
    if (highest >= 0) sink.high(base + highest, this.#field(Field.max));
    if (nan >= 0) sink.nan(base + nan);
  }

  /**
   * Gives rows among which are those of the smallest and largest number and of the first NaN of `from` to `to`.
   *
   * @param base added to the rows that are given
   */
  extremesIn(from: number, to: number, sink: ExtremesSink, base: number): void {
    if (from === 0 && to === this.count) {
      this.#wholeExtremes(sink, base);
      return;
    }
    const { float32, uint16, bytes } = this.slab.views;
    const values = this.#field(Field.valueOffset) / 4;
    const wide = this.#field(Field.hintOffset) / 2;
    const narrow = this.#field(Field.hintOffset) + wideHintBytes(this.count);
    for (let row = from; row < to; ) {
      let hints: Uint16Array | Uint8Array = bytes;
      let at = narrow + (row / HINT_ROWS) * 3;
      let [rows, none] = [HINT_ROWS, NO_HINT];
      if (row % WIDE_ROWS === 0 && row + WIDE_ROWS <= to) {
        hints = uint16;
        at = wide + (row / WIDE_ROWS) * 3;
        [rows, none] = [WIDE_ROWS, NO_WIDE_HINT];
      } else if (row % HINT_ROWS !== 0 || row + HINT_ROWS > to) {
        const end = Math.min(to, (Math.floor(row / HINT_ROWS) + 1) * HINT_ROWS);
        extremesOf(float32, values, row, end, sink, base);
        row = end;
        continue;
      }
      const [lowest, highest, nan] = [hints[at]!, hints[at + 1]!, hints[at + 2]!];
      if (lowest !== none) sink.low(base + row + lowest, float32[values + row + lowest]!);
      if (highest !== none) sink.high(base + row + highest, float32[values + row + highest]!);
      if (nan !== none) sink.nan(base + row + nan);
      row += rows;
    }
  }

  stepColumn(from: number, to: number): Float64Array | BigInt64Array {
    const { views, directory } = this.slab;
    if (!this.#isWide) return readLines(views, directory, this.#at + Field.stepKind, from, to, 1);
    const start = this.#field(Field.stepOffset) / 8;
    return views.bigInt64.slice(start + from, start + to);
  }

  wallColumn(from: number, to: number): Float64Array {
    const { views, directory } = this.slab;
    const unit = this.#field(Field.wallUnit);
    return readLines(views, directory, this.#at + Field.wallKind, from, to, unit);
  }

  valueColumn(from: number, to: number): Float32Array {
    const start = this.#field(Field.valueOffset) / 4;
    return this.slab.views.float32.subarray(start + from, start + to);
  }
}

/** Looks at rows one by one. @param start where the values of row 0 on are in `values` */
function extremesOf(
  values: Float32Array,
  start: number,
  from: number,
  to: number,
  sink: ExtremesSink,
  base: number,
): void {
  let [lowest, highest, nan] = [-1, -1, -1];
  let [min, max] = [Number.NaN, Number.NaN];
  for (let row = from; row < to; row++) {
    const value = values[start + row]!;
    // Nothing compares with NaN: it is neither, and the first number is both.
    if (!(value >= min)) {
      if (Number.isNaN(value)) {
        if (nan < 0) nan = row;
        continue;
      }
      lowest = row;
      min = value;
    }
    if (!(value <= max)) {
      highest = row;
      max = value;
    }
  }
  if (lowest >= 0) sink.low(base + lowest, min);
  if (highest >= 0) sink.high(base + highest, max);
  if (nan >= 0) sink.nan(base + nan);
}

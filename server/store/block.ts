/** A sealed run of points, packed in a slab (see `slab-writer.ts`). Steps ascend strictly; nothing is rounded. */
import { ColumnKind, readLine } from "./linear-column.ts";
import type { PointArrays, PointRows } from "./points.ts";
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

/** Takes rows with their values. */
export interface RowSink {
  add(row: number, value: number): void;
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

  /** All values; a view, valid until the slab's data goes to disk. */
  get values(): Float32Array {
    const start = this.#field(Field.valueOffset) / 4;
    return this.slab.views.float32.subarray(start, start + this.count);
  }

  /** Gives the rows of the smallest and largest number and of the first NaN, from the directory alone. */
  #wholeExtremes(sink: RowSink, base: number): void {
    const lowest = this.#field(Field.lowest);
    const highest = this.#field(Field.highest);
    const nan = this.#field(Field.nan);
    if (lowest >= 0) sink.add(base + lowest, this.#field(Field.min));
    if (highest >= 0) sink.add(base + highest, this.#field(Field.max));
    if (nan >= 0) sink.add(base + nan, Number.NaN);
  }

  /**
   * Gives rows among which are those of the smallest and largest number and of the first NaN of `from` to `to`.
   *
   * @param base added to the rows that are given
   */
  extremesIn(from: number, to: number, sink: RowSink, base: number): void {
    if (from === 0 && to === this.count) {
      this.#wholeExtremes(sink, base);
      return;
    }
    let row = from;
    while (row < to) {
      if (row % WIDE_ROWS === 0 && row + WIDE_ROWS <= to) row = this.#wideHint(row, sink, base);
      else if (row % HINT_ROWS === 0 && row + HINT_ROWS <= to) row = this.#narrowHint(row, sink, base);
      else {
        sink.add(base + row, this.valueAt(row));
        row++;
      }
    }
  }

  #wideHint(row: number, sink: RowSink, base: number): number {
    const { float32, uint16 } = this.slab.views;
    const start = this.#field(Field.valueOffset) / 4 + row;
    const hint = this.#field(Field.hintOffset) / 2 + (row / WIDE_ROWS) * 3;
    for (let i = 0; i < 3; i++) {
      const off = uint16[hint + i]!;
      if (off !== NO_WIDE_HINT) sink.add(base + row + off, float32[start + off]!);
    }
    return row + WIDE_ROWS;
  }

  #narrowHint(row: number, sink: RowSink, base: number): number {
    const { float32, bytes } = this.slab.views;
    const start = this.#field(Field.valueOffset) / 4 + row;
    const hints = this.#field(Field.hintOffset) + wideHintBytes(this.count);
    const hint = hints + (row / HINT_ROWS) * 3;
    for (let i = 0; i < 3; i++) {
      const off = bytes[hint + i]!;
      if (off !== NO_HINT) sink.add(base + row + off, float32[start + off]!);
    }
    return row + HINT_ROWS;
  }

  /** Its points as plain columns. */
  unpack(): PointArrays {
    const { count } = this;
    const walls = Float64Array.from({ length: count }, (_, row) => this.wallAt(row));
    const steps = this.#isWide
      ? BigInt64Array.from({ length: count }, (_, row) => BigInt(this.stepAt(row)))
      : Float64Array.from({ length: count }, (_, row) => Number(this.stepAt(row)));
    return { steps, walls, values: this.values.slice() };
  }
}

/** A sealed run of points, packed in a slab (see `slab-writer.ts`). Steps ascend strictly; nothing is rounded. */
import { ColumnKind, type ColumnLayout, type ColumnViews, readLine } from "./linear-column.ts";
import type { PointArrays, PointRows } from "./points.ts";
import { FIELDS, Field, HINT_BYTES, HINT_ROWS, NO_HINT, type Slab } from "./slab.ts";

/** Takes a row and its value. */
export type TakeRow = (row: number, value: number) => void;

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
    return readLine(views, this.#column(Field.stepKind), row, 1);
  }

  wallAt(row: number): number {
    return readLine(this.slab.views, this.#column(Field.wallKind), row, this.#field(Field.wallUnit));
  }

  valueAt(row: number): number {
    return this.slab.views.float32[this.#field(Field.valueOffset) / 4 + row]!;
  }

  /** All values; a view, valid until the slab's data goes to disk. */
  get values(): Float32Array {
    const start = this.#field(Field.valueOffset) / 4;
    return this.slab.views.float32.subarray(start, start + this.count);
  }

  #column(kind: number): ColumnLayout {
    // Kind, offset, first and slope stand side by side, for steps as for wall times.
    const { directory } = this.slab;
    const at = this.#at + kind;
    return {
      kind: directory[at] as ColumnKind,
      offset: directory[at + 1]!,
      first: directory[at + 2]!,
      slope: directory[at + 3]!,
    };
  }

  /** Gives the rows of the smallest and largest number and of the first NaN, from the directory alone. */
  wholeExtremes(take: TakeRow): void {
    const [lowest, highest, nan] = [
      this.#field(Field.lowest),
      this.#field(Field.highest),
      this.#field(Field.nan),
    ];
    if (lowest >= 0) take(lowest, this.#field(Field.min));
    if (highest >= 0) take(highest, this.#field(Field.max));
    if (nan >= 0) take(nan, Number.NaN);
  }

  /** Gives rows among which are those of the smallest and largest number and of the first NaN of `from` to `to`. */
  extremesIn(from: number, to: number, take: TakeRow): void {
    if (from === 0 && to === this.count) {
      this.wholeExtremes(take);
      return;
    }
    const { views } = this.slab;
    const firstWhole = Math.min(to, Math.ceil(from / HINT_ROWS) * HINT_ROWS);
    const lastWhole = Math.max(firstWhole, Math.floor(to / HINT_ROWS) * HINT_ROWS);
    this.#each(views, from, firstWhole, take);
    for (let row = firstWhole; row < lastWhole; row += HINT_ROWS) this.#hinted(views, row, take);
    this.#each(views, lastWhole, to, take);
  }

  #each(views: ColumnViews, from: number, to: number, take: TakeRow): void {
    const start = this.#field(Field.valueOffset) / 4;
    for (let row = from; row < to; row++) take(row, views.float32[start + row]!);
  }

  #hinted(views: ColumnViews, row: number, take: TakeRow): void {
    const start = this.#field(Field.valueOffset) / 4 + row;
    const hint = this.#field(Field.hintOffset) + (row / HINT_ROWS) * HINT_BYTES;
    for (let i = 0; i < HINT_BYTES; i++) {
      const off = views.bytes[hint + i]!;
      if (off !== NO_HINT) take(row + off, views.float32[start + off]!);
    }
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

/**
 * The growing end of a series: points in columns that grow, until there are enough to seal into a block. Columns are
 * used again: a server that follows trainings seals tails for days, and what it lets go would pile up in between.
 */
import type { PointArrays, PointRows } from "./points.ts";

/** Points of a full tail. */
export const TAIL_POINTS = 512;

const FIRST_CAPACITY = 16;
/** Columns of one capacity that are kept for tails to come. */
const KEPT = 64;

interface Columns {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly walls: Float64Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Columns that no tail has any more. */
export class SpareColumns {
  readonly #spare = new Map<number, Columns[]>();

  take(capacity: number): Columns {
    return (
      this.#spare.get(capacity)?.pop() ?? {
        steps: new Float64Array(capacity),
        walls: new Float64Array(capacity),
        values: new Float32Array(capacity),
      }
    );
  }

  give(columns: Columns): void {
    const capacity = columns.walls.length;
    const kept = this.#spare.get(capacity);
    if (kept === undefined) this.#spare.set(capacity, [columns]);
    else if (kept.length < KEPT) kept.push(columns);
  }
}

export class Tail implements PointRows {
  readonly #spare: SpareColumns;
  #columns: Columns | null = null;
  /** The steps once one came that is not exact as a double, all of them. */
  #exact: bigint[] | null = null;
  #count = 0;

  /** @param spare where columns come from, and go when they are too small */
  constructor(spare = new SpareColumns()) {
    this.#spare = spare;
  }

  get count(): number {
    return this.#count;
  }

  stepAt(row: number): number | bigint {
    const step = this.#columns!.steps[row]!;
    return this.#exact === null || Number.isSafeInteger(step) ? step : this.#exact[row]!;
  }

  wallAt(row: number): number {
    return this.#columns!.walls[row]!;
  }

  valueAt(row: number): number {
    return this.#columns!.values[row]!;
  }

  push(step: number | bigint, wall: number, value: number): void {
    const { steps, walls, values } = this.#withRoom();
    const row = this.#count++;
    if (typeof step === "bigint") this.#exact ??= Array.from(steps.subarray(0, row), BigInt);
    this.#exact?.push(BigInt(step));
    steps[row] = Number(step);
    walls[row] = wall;
    values[row] = value;
  }

  /** Forgets the rows from `count` on. */
  truncate(count: number): void {
    this.#count = count;
    if (this.#exact) this.#exact.length = count;
  }

  stepColumn(from: number, to: number): Float64Array | BigInt64Array {
    const steps = this.#columns?.steps.slice(from, to) ?? new Float64Array();
    if (this.#exact === null || steps.every(Number.isSafeInteger)) return steps;
    return BigInt64Array.from(this.#exact.slice(from, to));
  }

  wallColumn(from: number, to: number): Float64Array {
    return this.#columns?.walls.slice(from, to) ?? new Float64Array();
  }

  valueColumn(from: number, to: number): Float32Array {
    return this.#columns?.values.subarray(from, to) ?? new Float32Array();
  }

  /** All points, of which there is at least one, as they lie in the columns: for a look, before anything else happens. */
  view(): PointArrays {
    const { steps, walls, values } = this.#columns!;
    return {
      steps: this.#exact ? this.stepColumn(0, this.#count) : steps.subarray(0, this.#count),
      walls: walls.subarray(0, this.#count),
      values: values.subarray(0, this.#count),
    };
  }

  /** Gives the columns back; the tail is empty then. */
  release(): void {
    if (this.#columns) this.#spare.give(this.#columns);
    this.#columns = null;
    this.truncate(0);
    this.#exact = null;
  }

  /** The same points, to which no more is added. */
  copy(): Tail {
    const copy = new Tail();
    if (this.#columns) {
      const { steps, walls, values } = this.#columns;
      copy.#columns = {
        steps: steps.slice(0, this.#count),
        walls: walls.slice(0, this.#count),
        values: values.slice(0, this.#count),
      };
    }
    copy.#exact = this.#exact?.slice() ?? null;
    copy.#count = this.#count;
    return copy;
  }

  #withRoom(): Columns {
    const full = this.#columns;
    if (full && this.#count < full.walls.length) return full;
    const columns = this.#spare.take(full ? full.walls.length * 2 : FIRST_CAPACITY);
    if (full) {
      columns.steps.set(full.steps);
      columns.walls.set(full.walls);
      columns.values.set(full.values);
      this.#spare.give(full);
    }
    this.#columns = columns;
    return columns;
  }
}

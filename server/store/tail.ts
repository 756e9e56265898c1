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
/** Small columns are made so many points at a time: arrays of their own would take more memory than the points in them. */
const SHARED_POINTS = 4096;

/** Rows `at` to `at + capacity` of columns that others may have the other rows of. */
interface Columns {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly walls: Float64Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
  readonly at: number;
  readonly capacity: number;
}

function newColumns(points: number): Omit<Columns, "at" | "capacity"> {
  return {
    steps: new Float64Array(points),
    walls: new Float64Array(points),
    values: new Float32Array(points),
  };
}

/** Columns that no tail has any more. */
export class SpareColumns {
  readonly #spare = new Map<number, Columns[]>();
  #shared: Omit<Columns, "at" | "capacity"> | null = null;
  #used = 0;

  take(capacity: number): Columns {
    const spare = this.#spare.get(capacity)?.pop();
    if (spare) return spare;
    if (capacity > FIRST_CAPACITY) return { ...newColumns(capacity), at: 0, capacity };
    if (this.#shared === null || this.#used + capacity > SHARED_POINTS) {
      this.#shared = newColumns(SHARED_POINTS);
      this.#used = 0;
    }
    const { steps, walls, values } = this.#shared;
    const at = this.#used;
    this.#used += capacity;
    return { steps, walls, values, at, capacity };
  }

  give(columns: Columns): void {
    const { capacity } = columns;
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
    const { steps, at } = this.#columns!;
    const step = steps[at + row]!;
    return this.#exact === null || Number.isSafeInteger(step) ? step : this.#exact[row]!;
  }

  wallAt(row: number): number {
    const { walls, at } = this.#columns!;
    return walls[at + row]!;
  }

  valueAt(row: number): number {
    const { values, at } = this.#columns!;
    return values[at + row]!;
  }

  push(step: number | bigint, wall: number, value: number): void {
    const { steps, walls, values, at } = this.#withRoom();
    const row = at + this.#count++;
    if (typeof step === "bigint") this.#exact ??= Array.from(steps.subarray(at, row), BigInt);
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
    const { steps, at } = this.#columns ?? NONE;
    const column = steps.slice(at + from, at + to);
    if (this.#exact === null || column.every(Number.isSafeInteger)) return column;
    return BigInt64Array.from(this.#exact.slice(from, to));
  }

  wallColumn(from: number, to: number): Float64Array {
    const { walls, at } = this.#columns ?? NONE;
    return walls.slice(at + from, at + to);
  }

  valueColumn(from: number, to: number): Float32Array {
    const { values, at } = this.#columns ?? NONE;
    return values.subarray(at + from, at + to);
  }

  /** All points, of which there is at least one, as they lie in the columns: for a look, before anything else happens. */
  view(): PointArrays {
    const { steps, walls, values, at } = this.#columns!;
    const end = at + this.#count;
    return {
      steps: this.#exact ? this.stepColumn(0, this.#count) : steps.subarray(at, end),
      walls: walls.subarray(at, end),
      values: values.subarray(at, end),
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
      const { steps, walls, values, at } = this.#columns;
      const end = at + this.#count;
      copy.#columns = {
        steps: steps.slice(at, end),
        walls: walls.slice(at, end),
        values: values.slice(at, end),
        at: 0,
        capacity: this.#count,
      };
    }
    copy.#exact = this.#exact?.slice() ?? null;
    copy.#count = this.#count;
    return copy;
  }

  #withRoom(): Columns {
    const full = this.#columns;
    if (full && this.#count < full.capacity) return full;
    const columns = this.#spare.take(full ? full.capacity * 2 : FIRST_CAPACITY);
    if (full) {
      const end = full.at + full.capacity;
      columns.steps.set(full.steps.subarray(full.at, end), columns.at);
      columns.walls.set(full.walls.subarray(full.at, end), columns.at);
      columns.values.set(full.values.subarray(full.at, end), columns.at);
      this.#spare.give(full);
    }
    this.#columns = columns;
    return columns;
  }
}

const NONE: Columns = { ...newColumns(0), at: 0, capacity: 0 };

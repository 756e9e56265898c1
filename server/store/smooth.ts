/**
 * Smoothing as TensorBoard's line charts have it: a debiased exponential moving average.
 *
 * The average starts from zero and is divided by the weight that it has gathered, so that early points are not
 * pulled down. Points that are not finite stay as they are and do not take part; a constant series stays exact.
 * The state is noted every so many rows, so that a value far on costs no more than one at the start, and new points
 * cost only themselves.
 */
import type { PointRows } from "./points.ts";
import type { ScalarSeries } from "./scalar-series.ts";

/** Rows from one noted state to the next. */
const STRIDE = 64;

/** The average before some row, for one weight. */
class Average {
  sum = 0;
  /** 1 - weight^n, the sum of the coefficients so far. */
  gathered = 0;
  readonly #weight: number;

  constructor(weight: number) {
    this.#weight = weight;
  }

  take(value: number): void {
    this.sum = this.sum * this.#weight + (1 - this.#weight) * value;
    this.gathered = this.gathered * this.#weight + (1 - this.#weight);
  }
}

class SmoothedSeries {
  readonly weight: number;
  readonly restarts: number;
  readonly #series: ScalarSeries;
  /** Sum and gathered weight before every row that is a multiple of the stride. */
  #sums: Float64Array = new Float64Array(16);
  #gathered: Float64Array = new Float64Array(16);
  /** Rows that states were noted of, and the state after them. */
  #noted = 0;
  readonly #end: Average;
  /** First row that differs from the first: before it, values are what they are. */
  #constantUntil = 0;

  constructor(series: ScalarSeries, weight: number) {
    this.#series = series;
    this.weight = weight;
    this.restarts = series.restarts.total;
    this.#end = new Average(weight);
  }

  /** Smoothed values of ascending rows. */
  at(rows: readonly number[]): Float32Array {
    this.#note();
    const smoothed = new Float32Array(rows.length);
    const average = new Average(this.weight);
    let next = -1; // the row that `average` stands before
    let stretch = this.#series.stretchAt(rows[0] ?? 0);
    const valueAt = (row: number): number => {
      if (row < stretch.start || row >= stretch.start + stretch.rows.count)
        stretch = this.#series.stretchAt(row);
      return stretch.rows.valueAt(row - stretch.start);
    };
    for (const [i, row] of rows.entries()) {
      const noted = Math.floor(row / STRIDE);
      if (next < noted * STRIDE || next > row) {
        average.sum = this.#sums[noted]!;
        average.gathered = this.#gathered[noted]!;
        next = noted * STRIDE;
      }
      for (; next <= row; next++) {
        const value = valueAt(next);
        if (Number.isFinite(value)) average.take(value);
      }
      const value = valueAt(row);
      smoothed[i] =
        row < this.#constantUntil || !Number.isFinite(value) ? value : average.sum / average.gathered;
    }
    return smoothed;
  }

  /** Goes through the rows that came since the last time. */
  #note(): void {
    const { length } = this.#series;
    this.#grow(Math.ceil(length / STRIDE));
    while (this.#noted < length) {
      const { start, rows } = this.#series.stretchAt(this.#noted);
      this.#noteRows(start, rows, Math.min(rows.count, length - start));
    }
  }

  #noteRows(start: number, rows: PointRows, count: number): void {
    const first = this.#series.stretchAt(0).rows.valueAt(0);
    for (let row = this.#noted - start; row < count; row++) {
      const at = start + row;
      if (at % STRIDE === 0) {
        this.#sums[at / STRIDE] = this.#end.sum;
        this.#gathered[at / STRIDE] = this.#end.gathered;
      }
      const value = rows.valueAt(row);
      if (value === first && this.#constantUntil === at) this.#constantUntil++;
      if (Number.isFinite(value)) this.#end.take(value);
    }
    this.#noted = start + count;
  }

  #grow(states: number): void {
    if (states <= this.#sums.length) return;
    const capacity = Math.max(states, this.#sums.length * 2);
    this.#sums = grown(this.#sums, capacity);
    this.#gathered = grown(this.#gathered, capacity);
  }
}

function grown(array: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(array);
  return larger;
}

/** The last weight asked for of each series: what a page shows, it asks for again with every new point. */
const known = new WeakMap<ScalarSeries, SmoothedSeries>();

/**
 * Smoothed values at some rows of a series.
 *
 * @param rows ascending
 * @param weight in [0, 1): 0 gives the values themselves
 */
export function smoothAt(series: ScalarSeries, rows: readonly number[], weight: number): Float32Array {
  let smoothed = known.get(series);
  if (smoothed?.weight !== weight || smoothed.restarts !== series.restarts.total) {
    smoothed = new SmoothedSeries(series, weight);
    known.set(series, smoothed);
  }
  return smoothed.at(rows);
}

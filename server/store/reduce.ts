/**
 * Reduction of a series to a pixel budget: the range is cut into buckets, and of each the points of smallest and
 * of largest value stay (and one NaN), so that the line looks the same and a spike never vanishes.
 *
 * A bucket's rows are found by search and its extremes from what blocks know of themselves, so the cost goes with the
 * pixels, and with the number of blocks only where a bucket holds many.
 */
import type { AxisScale } from "../api/types.ts";
import { type Axis, type AxisRange, axisOf, bucketing, firstWhere, rowRange } from "./axis.ts";
import { addValue, type ExtremesSink } from "./block.ts";
import type { ScalarSeries, Stretch } from "./scalar-series.ts";
import { HINT_ROWS, WIDE_ROWS } from "./slab.ts";

export interface ReduceOptions extends AxisRange {
  /** Buckets; 0 keeps every point. */
  readonly pixels: number;
  readonly scale: AxisScale;
}

export interface ReducedRows {
  /** Rows of the series, ascending. */
  readonly rows: number[];
  /** Points in the range, before reduction. */
  readonly inRange: number;
}

export function reduceSeries(series: ScalarSeries, options: ReduceOptions): ReducedRows {
  const axis = axisOf(series, options);
  const [from, to] = rowRange(series, options, axis);
  const inRange = to - from;
  // One more on either side, so that lines run to the edge of the view.
  const first = Math.max(0, from - 1);
  const last = Math.min(series.length, to + 1);
  if (options.pixels <= 0 || last - first <= 2 * options.pixels)
    return { rows: Array.from({ length: last - first }, (_, i) => first + i), inRange };
  const bucketOf = buckets(series, options, axis, first, last);
  return { rows: extremeRows(series, first, last, axis, options.pixels, bucketOf), inRange };
}

/** Gives the bucket of a place; buckets ascend with the axis. */
function buckets(
  series: ScalarSeries,
  { pixels, scale }: ReduceOptions,
  axis: Axis,
  first: number,
  last: number,
): (x: number) => number {
  const at = (row: number) => {
    const { start, rows } = series.stretchAt(row);
    return axis.at(rows, row - start);
  };
  const low = at(first);
  // A log axis starts at the first positive position.
  const start = scale === "log" && low <= 0 ? Math.max(at(Math.min(first + 1, last - 1)), 1e-9) : low;
  return bucketing(start, at(last - 1), pixels, scale);
}

/** Collects, bucket by bucket, the rows that must stay. */
class BucketCollector implements ExtremesSink {
  readonly rows: number[];
  #low = -1;
  #high = -1;
  #nan = -1;
  #min = 0;
  #max = 0;

  constructor(first: number) {
    this.rows = [first];
  }

  low(row: number, value: number): void {
    if (this.#low >= 0 && value >= this.#min) return;
    this.#low = row;
    this.#min = value;
  }

  high(row: number, value: number): void {
    if (this.#high >= 0 && value <= this.#max) return;
    this.#high = row;
    this.#max = value;
  }

  nan(row: number): void {
    if (this.#nan < 0) this.#nan = row;
  }

  /** Ends a bucket: its rows in order. */
  end(): void {
    const [low, high, nan] = [this.#low, this.#high, this.#nan];
    const first = Math.min(low, high);
    const last = Math.max(low, high);
    if (nan >= 0 && nan < first) this.push(nan);
    if (first >= 0) this.push(first);
    if (nan > first && nan < last) this.push(nan);
    if (last >= 0) this.push(last);
    if (nan > last) this.push(nan);
    this.#low = this.#high = this.#nan = -1;
  }

  push(row: number): void {
    if (row > this.rows[this.rows.length - 1]!) this.rows.push(row);
  }
}

function extremeRows(
  series: ScalarSeries,
  first: number,
  last: number,
  axis: Axis,
  pixels: number,
  bucketOf: (x: number) => number,
): number[] {
  const collector = new BucketCollector(first);
  const grain = grainOf((last - first) / pixels);
  let index = series.stretchIndexAt(first);
  let row = first;
  /** Rows of the bucket before: mostly this one has as many. */
  let width = 0;
  while (row < last) {
    let stretch = series.stretch(index);
    const bucket = bucketOf(axis.at(stretch.rows, row - stretch.start));
    const after = axis.ascends
      ? firstWhere(series, axis, row + 1, (x) => bucketOf(x) > bucket, index, row + width)
      : endOfRun(axis, row, stretch, (x) => bucketOf(x) === bucket);
    width = after - row;
    // The stretches up to there are the bucket's; of the last one as many rows as the grain makes of it.
    for (;;) {
      const end = stretch.start + stretch.rows.count;
      const to = after >= end ? end : stretch.start + Math.ceil((after - stretch.start) / grain) * grain;
      const until = Math.min(last, end, to);
      addExtremes(stretch, row, until, collector);
      row = until;
      if (row >= end) stretch = series.stretch(++index);
      if (row >= after || row >= last) break;
    }
    collector.end();
  }
  collector.push(last - 1);
  return collector.rows;
}

/**
 * Buckets of very many rows end where hints do: that moves a point by a sixteenth of a pixel at most, and no row has to
 * be looked at by itself.
 */
function grainOf(rowsPerBucket: number): number {
  if (rowsPerBucket >= 16 * WIDE_ROWS) return WIDE_ROWS;
  return rowsPerBucket >= 16 * HINT_ROWS ? HINT_ROWS : 1;
}

/** The row after the last one that follows `row` in its bucket, within the stretch. */
function endOfRun(
  axis: Axis,
  row: number,
  { start, rows }: Stretch,
  inBucket: (x: number) => boolean,
): number {
  let end = row + 1;
  while (end < start + rows.count && inBucket(axis.at(rows, end - start))) end++;
  return end;
}

function addExtremes(
  { start, rows, block }: Stretch,
  from: number,
  to: number,
  collector: BucketCollector,
): void {
  if (block) block.extremesIn(from - start, to - start, collector, start);
  else for (let row = from; row < to; row++) addValue(row, rows.valueAt(row - start), collector);
}

/**
 * Reduction of a series to a pixel budget: the range is cut into buckets, and of each the points of smallest and
 * of largest value stay (and one NaN), so that the line looks the same and a spike never vanishes.
 *
 * A bucket's rows are found by search and its extremes from what blocks know of themselves, so the cost goes with the
 * pixels, and with the number of blocks only where a bucket holds many.
 */
import type { SeriesAxis } from "../api/types.ts";
import type { Block } from "./block.ts";
import type { PointRows } from "./points.ts";
import { type ScalarSeries, type Stretch, search } from "./scalar-series.ts";
import { HINT_ROWS, WIDE_ROWS } from "./slab.ts";

export interface ReduceOptions {
  readonly axis: SeriesAxis;
  /** Inclusive range on the axis; infinite where open. */
  readonly from: number;
  readonly to: number;
  /** Buckets; 0 keeps every point. */
  readonly pixels: number;
  readonly scale: "linear" | "log";
}

export interface ReducedRows {
  /** Rows of the series, ascending. */
  readonly rows: number[];
  /** Points in the range, before reduction. */
  readonly inRange: number;
}

/** An axis of a series: where its points are on it. */
interface Axis {
  at(rows: PointRows, row: number): number;
  /** The last row's place in a block, from what the block knows of itself. */
  lastOf(block: Block): number;
  /** Whether places never go back, so that they can be searched. */
  readonly ascends: boolean;
}

export function reduceSeries(series: ScalarSeries, options: ReduceOptions): ReducedRows {
  const axis = axisOf(series, options.axis);
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

function axisOf(series: ScalarSeries, axis: SeriesAxis): Axis {
  if (axis === "step")
    return {
      at: (rows, row) => Number(rows.stepAt(row)),
      lastOf: (block) => Number(block.lastStep),
      ascends: true,
    };
  const origin = axis === "relative" && series.length > 0 ? series.stretch(0).rows.wallAt(0) : 0;
  return {
    at: (rows, row) => rows.wallAt(row) - origin,
    lastOf: (block) => block.lastWall - origin,
    ascends: series.wallsAscend,
  };
}

/** Rows of the range, as [first, end). */
function rowRange(series: ScalarSeries, { from, to }: ReduceOptions, axis: Axis): [number, number] {
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return [0, series.length];
  if (axis.ascends)
    return [firstWhere(series, axis, 0, (x) => x >= from), firstWhere(series, axis, 0, (x) => x > to)];
  let first = series.length;
  let end = 0;
  for (let s = 0; s < series.stretches; s++) {
    const { start, rows } = series.stretch(s);
    for (let row = 0; row < rows.count; row++) {
      const x = axis.at(rows, row);
      if (x < from || x > to) continue;
      first = Math.min(first, start + row);
      end = start + row + 1;
    }
  }
  return first < end ? [first, end] : [end, end];
}

/**
 * First row from `row` on whose place satisfies `reached`, which holds for all after; the length when there is none.
 * Stretches are looked through one after the other: what is asked for is mostly near.
 */
function firstWhere(
  series: ScalarSeries,
  axis: Axis,
  row: number,
  reached: (x: number) => boolean,
  stretch = series.stretchIndexAt(row),
): number {
  for (let s = stretch; s < series.stretches; s++) {
    const { start, rows, block } = series.stretch(s);
    const { count } = rows;
    if (count === 0) continue;
    if (!reached(block ? axis.lastOf(block) : axis.at(rows, count - 1))) continue;
    const from = Math.max(0, row - start);
    return start + search(count, (r) => reached(axis.at(rows, r)), from);
  }
  return series.length;
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
  const map = scale === "log" ? (x: number) => Math.log10(Math.max(x, Number.MIN_VALUE)) : (x: number) => x;
  // A log axis starts at the first positive position.
  const low =
    scale === "log" && at(first) <= 0
      ? map(Math.max(at(Math.min(first + 1, last - 1)), 1e-9))
      : map(at(first));
  const perUnit = pixels / (map(at(last - 1)) - low);
  if (!Number.isFinite(perUnit)) return () => 0;
  return (x) => Math.floor((map(x) - low) * perUnit);
}

/** Collects, bucket by bucket, the rows that must stay. */
class BucketCollector {
  readonly rows: number[];
  #low = -1;
  #high = -1;
  #nan = -1;
  #min = 0;
  #max = 0;

  constructor(first: number) {
    this.rows = [first];
  }

  add(row: number, value: number): void {
    if (Number.isNaN(value)) {
      if (this.#nan < 0) this.#nan = row;
      return;
    }
    if (this.#low < 0 || value < this.#min) {
      this.#low = row;
      this.#min = value;
    }
    if (this.#high < 0 || value > this.#max) {
      this.#high = row;
      this.#max = value;
    }
  }

  /** Ends a bucket. */
  end(): void {
    for (const row of [this.#low, this.#high, this.#nan].sort((a, b) => a - b)) if (row >= 0) this.push(row);
    this.#low = this.#high = this.#nan = -1;
  }

  push(row: number): void {
    if (row > this.rows.at(-1)!) this.rows.push(row);
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
  while (row < last) {
    let stretch = series.stretch(index);
    const bucket = bucketOf(axis.at(stretch.rows, row - stretch.start));
    const after = axis.ascends
      ? firstWhere(series, axis, row + 1, (x) => bucketOf(x) > bucket, index)
      : endOfRun(axis, row, stretch, (x) => bucketOf(x) === bucket);
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
  else for (let row = from; row < to; row++) collector.add(row, rows.valueAt(row - start));
}

/**
 * Reduction of a series to a pixel budget: the range is cut into buckets, and of each the points of smallest and
 * of largest value stay (and one NaN), so that the line looks the same and a spike never vanishes.
 */
import type { SeriesAxis } from "../api/types.ts";
import type { Block, PointRows } from "./block.ts";
import type { ScalarSeries } from "./scalar-series.ts";

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

type Position = (rows: PointRows, row: number) => number;

export function reduceSeries(series: ScalarSeries, options: ReduceOptions): ReducedRows {
  const position = positionOn(series, options.axis);
  const [from, to] = rowRange(series, options, position);
  const inRange = to - from;
  // One more on either side, so that lines run to the edge of the view.
  const first = Math.max(0, from - 1);
  const last = Math.min(series.length, to + 1);
  if (options.pixels <= 0 || last - first <= 2 * options.pixels)
    return { rows: Array.from({ length: last - first }, (_, i) => first + i), inRange };
  return {
    rows: extremeRows(series, first, last, bucketsOf(series, options, position, first, last)),
    inRange,
  };
}

function positionOn(series: ScalarSeries, axis: SeriesAxis): Position {
  if (axis === "step") return (rows, row) => Number(rows.stepAt(row));
  if (axis === "wall_time") return (rows, row) => rows.wallAt(row);
  const origin = series.length > 0 ? series.stretch(0).rows.wallAt(0) : 0;
  return (rows, row) => rows.wallAt(row) - origin;
}

/** Rows of the range, as [first, end). */
function rowRange(
  series: ScalarSeries,
  { axis, from, to }: ReduceOptions,
  position: Position,
): [number, number] {
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return [0, series.length];
  if (axis === "step" || series.wallsAscend) {
    const find = (reached: (x: number) => boolean) =>
      series.firstWhere((rows, row) => reached(position(rows, row)));
    return [find((x) => x >= from), find((x) => x > to)];
  }
  let first = series.length;
  let end = 0;
  for (let s = 0; s < series.stretches; s++) {
    const { start, rows } = series.stretch(s);
    for (let row = 0; row < rows.count; row++) {
      const x = position(rows, row);
      if (x < from || x > to) continue;
      first = Math.min(first, start + row);
      end = start + row + 1;
    }
  }
  return first < end ? [first, end] : [end, end];
}

/** Gives a point's bucket; buckets ascend with the axis. */
function bucketsOf(
  series: ScalarSeries,
  { pixels, scale }: ReduceOptions,
  position: Position,
  first: number,
  last: number,
): Position {
  const at = (row: number) => {
    const { start, rows } = series.stretchAt(row);
    return position(rows, row - start);
  };
  const map = scale === "log" ? (x: number) => Math.log10(Math.max(x, Number.MIN_VALUE)) : (x: number) => x;
  // A log axis starts at the first positive position.
  const low =
    scale === "log" && at(first) <= 0
      ? map(Math.max(at(Math.min(first + 1, last - 1)), 1e-9))
      : map(at(first));
  const perUnit = pixels / (map(at(last - 1)) - low);
  if (!Number.isFinite(perUnit)) return () => 0;
  return (rows, row) => Math.floor((map(position(rows, row)) - low) * perUnit);
}

/** Collects, bucket by bucket, the rows that must stay. */
class BucketCollector {
  readonly rows: number[];
  #bucket = Number.NaN;
  #low = -1;
  #high = -1;
  #nan = -1;
  #min = 0;
  #max = 0;

  constructor(first: number) {
    this.rows = [first];
  }

  enter(bucket: number): void {
    if (bucket === this.#bucket) return;
    this.#flush();
    this.#bucket = bucket;
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

  finish(last: number): number[] {
    this.#flush();
    this.#push(last);
    return this.rows;
  }

  #flush(): void {
    for (const row of [this.#low, this.#high, this.#nan].sort((a, b) => a - b)) if (row >= 0) this.#push(row);
    this.#low = this.#high = this.#nan = -1;
  }

  #push(row: number): void {
    if (row > this.rows.at(-1)!) this.rows.push(row);
  }
}

function extremeRows(series: ScalarSeries, first: number, last: number, bucketOf: Position): number[] {
  const collector = new BucketCollector(first);
  for (let s = series.stretchIndexAt(first); s < series.stretches; s++) {
    const { start, rows, block } = series.stretch(s);
    if (start >= last) break;
    const from = Math.max(0, first - start);
    const to = Math.min(rows.count, last - start);
    if (from >= to) continue;
    const bucket = bucketOf(rows, from);
    if (block && from === 0 && to === block.count && bucket === bucketOf(rows, to - 1)) {
      collector.enter(bucket);
      addExtremes(collector, start, block);
      continue;
    }
    for (let row = from; row < to; row++) {
      collector.enter(bucketOf(rows, row));
      collector.add(start + row, rows.valueAt(row));
    }
  }
  return collector.finish(last - 1);
}

/** A block that falls into one bucket gives its extremes without a look at its points. */
function addExtremes(collector: BucketCollector, start: number, block: Block): void {
  for (const row of [block.lowest, block.highest, block.nan])
    if (row >= 0) collector.add(start + row, block.valueAt(row));
}

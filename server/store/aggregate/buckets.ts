/**
 * Points of several runs, matched by even buckets of an axis: a run's value in a bucket is the mean of its points there,
 * or, where it has points before and after but none in it, where the line between those passes the bucket's middle.
 */
import type { AxisScale } from "../../api/types.ts";
import type { Breather } from "../../util/breather.ts";
import { type Axis, bucketing } from "../axis.ts";
import type { RowSlice } from "../points.ts";
import { type AggregateRow, rowOf } from "./row.ts";
import { Quantiles } from "./statistics.ts";

/** Rows that a run has, in order of step, and the axis that they are placed on. */
export interface PlacedRows {
  readonly slices: readonly RowSlice[];
  readonly axis: Axis;
}

export interface BucketOptions {
  /** The range that is cut, ends included. */
  readonly low: number;
  readonly high: number;
  readonly buckets: number;
  readonly scale: AxisScale;
  /** Shares of which quantiles are wanted. */
  readonly quantiles: readonly number[];
}

/** Rows for the buckets in which any run has something. */
export async function matchBuckets(
  runs: readonly PlacedRows[],
  options: BucketOptions,
  breather: Breather,
): Promise<AggregateRow[]> {
  const all = new RunsInBuckets(options, runs.length);
  for (const { slices, axis } of runs) {
    const run = new RunInBuckets(options, all.middles);
    for (const { rows, from, to } of slices) {
      run.take(axis.column(rows, from, to), rows.valueColumn(from, to));
      await breather.pause();
    }
    all.add(run);
  }
  return all.rows(options.quantiles, breather);
}

/** What the runs come to, bucket by bucket. */
class RunsInBuckets {
  /** Where the middles of the buckets are on the axis. */
  readonly middles: Float64Array;
  /** The runs' values, a bucket after the other; NaN where a run has none. */
  readonly #values: Float64Array;
  readonly #runs: number;
  #added = 0;
  readonly #nans: Int32Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;

  constructor({ low, high, buckets, scale }: BucketOptions, runs: number) {
    const share = (bucket: number) => (bucket + 0.5) / buckets;
    const middle =
      scale === "log"
        ? (bucket: number) => low * (high / low) ** share(bucket)
        : (bucket: number) => low + (high - low) * share(bucket);
    this.middles = new Float64Array(buckets).map((_, bucket) => middle(bucket));
    this.#runs = runs;
    this.#values = new Float64Array(runs * buckets);
    this.#nans = new Int32Array(buckets);
    this.#min = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes the next run into account. */
  add(run: RunInBuckets): void {
    const place = this.#added++;
    for (let bucket = 0; bucket < this.middles.length; bucket++) {
      const value = run.valueIn(bucket);
      this.#values[bucket * this.#runs + place] = value;
      if (run.isNaNIn(bucket)) this.#nans[bucket]!++;
      // The extremes are those of points, not of means, so that a spike never vanishes.
      this.#min[bucket] = Math.min(this.#min[bucket]!, run.leastIn(bucket, value));
      this.#max[bucket] = Math.max(this.#max[bucket]!, run.mostIn(bucket, value));
    }
  }

  async rows(shares: readonly number[], breather: Breather): Promise<AggregateRow[]> {
    const quantiles = new Quantiles(shares);
    const rows: AggregateRow[] = [];
    for (let bucket = 0; bucket < this.middles.length; bucket++) {
      const values = this.#numbersIn(bucket);
      const nans = this.#nans[bucket]!;
      if (values.length === 0 && nans === 0) continue;
      const row = rowOf(this.middles[bucket]!, nans, values, quantiles);
      rows.push(values.length === 0 ? row : { ...row, min: this.#min[bucket]!, max: this.#max[bucket]! });
      await breather.pause();
    }
    return rows;
  }

  /** The runs' values without NaN: moved to the front, where nobody needs them any more. */
  #numbersIn(bucket: number): Float64Array {
    const start = bucket * this.#runs;
    let end = start;
    for (let i = start; i < start + this.#runs; i++) {
      const value = this.#values[i]!;
      if (!Number.isNaN(value)) this.#values[end++] = value;
    }
    return this.#values.subarray(start, end);
  }
}

/** One run's points, bucket by bucket. */
class RunInBuckets {
  readonly #low: number;
  readonly #high: number;
  readonly #middles: Float64Array;
  readonly #bucketOf: (x: number) => number;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;
  readonly #nans: Int32Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  /** Where lines between points pass the middles of buckets that they leap over. */
  readonly #passed: Float64Array;
  /** The point before. */
  #x = Number.NaN;
  #value = Number.NaN;
  #bucket = 0;

  constructor({ low, high, buckets, scale }: BucketOptions, middles: Float64Array) {
    this.#low = low;
    this.#high = high;
    this.#middles = middles;
    this.#bucketOf = bucketing(low, high, buckets, scale);
    this.#sums = new Float64Array(buckets);
    this.#counts = new Int32Array(buckets);
    this.#nans = new Int32Array(buckets);
    this.#min = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY);
    this.#passed = new Float64Array(buckets).fill(Number.NaN);
  }

  /** Takes the next points into account, given by their places on the axis and their values. */
  take(places: Float64Array, values: Float32Array): void {
    for (let i = 0; i < places.length; i++) {
      const x = places[i]!;
      const value = values[i]!;
      const bucket = this.#placeOf(x);
      if (bucket >= 0 && bucket < this.#middles.length) this.#count(bucket, value);
      if (bucket > this.#bucket + 1) this.#pass(x, value, bucket);
      this.#x = x;
      this.#value = value;
      this.#bucket = bucket;
    }
  }

  /** The bucket of a place; -1 before the first, and behind the last one more than that. */
  #placeOf(x: number): number {
    if (x < this.#low) return -1;
    const buckets = this.#middles.length;
    return x > this.#high ? buckets : Math.min(buckets - 1, this.#bucketOf(x));
  }

  #count(bucket: number, value: number): void {
    if (Number.isNaN(value)) {
      this.#nans[bucket]!++;
      return;
    }
    this.#counts[bucket]!++;
    this.#sums[bucket]! += value;
    if (value < this.#min[bucket]!) this.#min[bucket] = value;
    if (value > this.#max[bucket]!) this.#max[bucket] = value;
  }

  /** Notes the line from the point before to this one, which is farther along the axis. */
  #pass(x: number, value: number, bucket: number): void {
    const slope = (value - this.#value) / (x - this.#x);
    if (!Number.isFinite(slope)) return;
    const end = Math.min(bucket, this.#middles.length);
    for (let b = Math.max(0, this.#bucket + 1); b < end; b++)
      this.#passed[b] = this.#value + slope * (this.#middles[b]! - this.#x);
  }

  /** The mean of the points, or where a line passes; NaN where the run has no numbers. */
  valueIn(bucket: number): number {
    const count = this.#counts[bucket]!;
    if (count > 0) return this.#sums[bucket]! / count;
    return this.#nans[bucket]! > 0 ? Number.NaN : this.#passed[bucket]!;
  }

  /** Whether it has points there, all of them NaN. */
  isNaNIn(bucket: number): boolean {
    return this.#counts[bucket] === 0 && this.#nans[bucket]! > 0;
  }

  /** The smallest point; infinite where the run has no numbers. @param value that it has there */
  leastIn(bucket: number, value: number): number {
    return this.#counts[bucket] === 0 && !Number.isNaN(value) ? value : this.#min[bucket]!;
  }

  /** The largest point, likewise. */
  mostIn(bucket: number, value: number): number {
    return this.#counts[bucket] === 0 && !Number.isNaN(value) ? value : this.#max[bucket]!;
  }
}

/**
 * How values are distributed at a step: buckets of equal width from the least to the greatest, computed as
 * TensorFlow 2 computes them (tensorboard/plugins/histogram/summary_v2.py). The histograms and distributions
 * dashboards.
 */
import { encodeTensor } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import type { Plugin, Recorder } from "../recorder.ts";
import { type Numbers, toDoubles } from "../tensor-like.ts";

export interface HistogramOptions extends SummaryOptions {
  /** How many buckets; 0 or more. Default 30. */
  readonly buckets?: number | undefined;
}

const HISTOGRAMS: Plugin = { name: "histograms" };
const DEFAULTS: HistogramOptions = {};
const DEFAULT_BUCKETS = 30;

/**
 * Writes the distribution of `values`.
 *
 * @param values numbers of any count and shape. NaN and infinities are left out, so that the others show.
 * @returns whether it was kept
 * @throws ValueError when the values are not numbers, or the bucket count is not an integer of 0 or more
 * @throws TagError, StepError
 */
export function histogram(
  recorder: Recorder,
  tag: string,
  values: Numbers,
  options: HistogramOptions = DEFAULTS,
): boolean {
  const { buckets = DEFAULT_BUCKETS } = options;
  if (!Number.isSafeInteger(buckets) || buckets < 0)
    throw new ValueError(`buckets must be an integer of 0 or more, not ${describe(buckets)}`);
  const rows = bucketRows(toDoubles(values), buckets);
  return recorder.tensor(tag, HISTOGRAMS, encodeTensor(rows, [buckets, 3]), options);
}

/**
 * Rows of (left edge, right edge, count), flat. The greatest value counts into the last bucket. Without
 * values all is zero; when all values are equal, every edge is that value and the last bucket has the count.
 */
export function bucketRows(values: Float64Array, buckets: number): Float64Array {
  const rows = new Float64Array(buckets * 3);
  const { min, max, count } = extent(values);
  if (count === 0 || buckets === 0) return rows;
  const range = max - min;
  const width = range / buckets;
  for (let i = 0; i < buckets; i++) {
    // The sums are TensorFlow's, rounding included; its last edge is the maximum itself.
    rows[i * 3] = range === 0 ? min : min + i * width;
    rows[i * 3 + 1] = range === 0 || i === buckets - 1 ? max : min + (i + 1) * width;
  }
  if (range === 0) {
    rows[rows.length - 1] = count;
    return rows;
  }
  for (const value of values) {
    if (value - value !== 0) continue;
    const index = Math.min(Math.floor((value - min) / width), buckets - 1);
    rows[index * 3 + 2]! += 1;
  }
  return rows;
}

/** Least and greatest of the finite values, and how many they are. */
function extent(values: Float64Array): { min: number; max: number; count: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const value of values) {
    if (value - value !== 0) continue; // NaN or infinite
    if (value < min) min = value;
    if (value > max) max = value;
    count++;
  }
  return { min, max, count };
}

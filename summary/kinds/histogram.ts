/**
 * How values are distributed at a step: buckets of equal width from the least to the greatest, computed as
 * TensorFlow 2 computes them (tensorboard/plugins/histogram/summary_v2.py). The histograms and distributions
 * dashboards.
 */
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, type OptionNames, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import type { Plugin, Recorder } from "../recorder.ts";
import { type Numbers, toDoubles } from "../tensor-like.ts";

/**
 * Values that were counted elsewhere, as `numpy.histogram` gives them.
 *
 * @example
 * const buckets: HistogramBuckets = { counts: [3, 10, 2], edges: [-1, 0, 1, 5] };
 * writer.histogram("gradients", buckets, { step: 0 });
 */
export interface HistogramBuckets {
  /** How many values each bucket has; 0 or more, fractions too. */
  readonly counts: Numbers;
  /** Where the buckets begin, and where the last one ends: one more than counts, finite, none below the one before. */
  readonly edges: Numbers;
}

/**
 * How finely values are counted, and what is said of the tag.
 *
 * @example
 * const options: HistogramOptions = { step: 1, buckets: 50, description: "First layer" };
 * writer.histogram("weights", Float32Array.of(0.1, -0.3, 0.2), options);
 */
export interface HistogramOptions extends SummaryOptions {
  /** How many buckets values are counted into; 0 or more. Default 30. */
  readonly buckets?: number | undefined;
}

const HISTOGRAMS: Plugin = { name: "histograms" };
const DEFAULTS: HistogramOptions = {};
const DEFAULT_BUCKETS = 30;
const OPTIONS: OptionNames<HistogramOptions> = { ...SUMMARY_OPTIONS, buckets: true };

/**
 * Writes the distribution of `values`.
 *
 * @param values numbers of any count and shape. NaN and infinities are left out, so that the others show. Or
 *   buckets that are counted already, of any width.
 * @returns whether it was kept
 * @throws ValueError when the values are not numbers, the bucket count is not an integer of 0 or more or stands
 *   beside ready buckets, or a ready bucket's count or edges are none
 * @throws ShapeError when ready edges are not one more than their counts
 * @throws TagError, StepError
 * @example
 * writer.histogram("weights", Float32Array.of(0.1, -0.3, 0.2), { step: 0 });
 * writer.histogram("counted", { counts: [1, 2], edges: [-1, 0, 1] }, { step: 0 });
 */
export function histogram(
  recorder: Recorder,
  tag: string,
  values: Numbers | HistogramBuckets,
  options: HistogramOptions = DEFAULTS,
): boolean {
  checkOptions(options, OPTIONS, () => `histogram "${tag}"`);
  const rows = isReady(values) ? readyRows(values, options) : countedRows(values, options);
  return recorder.tensor(tag, HISTOGRAMS, encodeTensor(rows, [rows.length / 3, 3]), options);
}

function isReady(values: Numbers | HistogramBuckets): values is HistogramBuckets {
  return typeof values === "object" && values !== null && "counts" in values && "edges" in values;
}

function countedRows(
  values: Numbers,
  { buckets = DEFAULT_BUCKETS }: Pick<HistogramOptions, "buckets">,
): Float64Array {
  if (!Number.isSafeInteger(buckets) || buckets < 0)
    throw new ValueError(`buckets must be an integer of 0 or more, not ${describe(buckets)}`);
  return bucketRows(toDoubles(values), buckets);
}

function readyRows(ready: HistogramBuckets, { buckets }: Pick<HistogramOptions, "buckets">): Float64Array {
  if (buckets !== undefined) throw new ValueError("`buckets` is for values: these are counted already");
  const counts = toDoubles(ready.counts);
  const edges = toDoubles(ready.edges);
  if (edges.length !== counts.length + 1)
    throw new ShapeError(
      `${counts.length} counts have ${counts.length + 1} edges around them, not ${edges.length}`,
    );
  const rows = new Float64Array(counts.length * 3);
  for (const [i, count] of counts.entries()) {
    const [left, right] = [edges[i]!, edges[i + 1]!];
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY))
      throw new ValueError(`a count is a number of 0 or more, but bucket ${i} has ${count}`);
    if (!(Number.isFinite(left) && Number.isFinite(right) && left <= right))
      throw new ValueError(`edges are finite and ascend, but bucket ${i} goes from ${left} to ${right}`);
    rows.set([left, right, count], i * 3);
  }
  return rows;
}

/**
 * Rows of (left edge, right edge, count), flat. The greatest value counts into the last bucket. Without
 * values all is zero; when all values are equal, every edge is that value and the last bucket has the count.
 */
function bucketRows(values: Float64Array, buckets: number): Float64Array {
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

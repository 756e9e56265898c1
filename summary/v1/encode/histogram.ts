/**
 * Histograms as TensorFlow 1 writes them: in buckets whose limits grow by a tenth from 1e-12 to 1e20, on both
 * sides of zero, the same for all data (tensorflow/core/lib/histogram).
 */
import type { pb } from "../../../proto/codec.ts";
import { ValueError } from "../../errors.ts";

/** Upper limits of all buckets, rising; the last one takes what is left. */
const LIMITS = bucketLimits();

function bucketLimits(): Float64Array {
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  return Float64Array.from([...positive.map((limit) => -limit).reverse(), 0, ...positive]);
}

/**
 * How values are distributed. Neighbouring buckets without values are one.
 *
 * @param tag for errors
 * @throws ValueError when one is NaN or infinite
 */
export function encodeHistogram(values: ArrayLike<number>, tag: string): pb.HistogramProto.$Properties {
  const counts = new Float64Array(LIMITS.length);
  let [min, max, sum, sumSquares] = [Number.MAX_VALUE, -Number.MAX_VALUE, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) throw new ValueError(`${value} in the histogram of "${tag}"`);
    counts[bucketOf(value)]! += 1;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    sumSquares += value * value;
  }
  return { min, max, num: values.length, sum, sumSquares, ...filledBuckets(counts) };
}

/** The first bucket whose limit is above the value. */
function bucketOf(value: number): number {
  let [low, high] = [0, LIMITS.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (LIMITS[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return Math.min(low, LIMITS.length - 1);
}

function filledBuckets(counts: Float64Array): { bucketLimit: number[]; bucket: number[] } {
  const bucketLimit: number[] = [];
  const bucket: number[] = [];
  counts.forEach((count, i) => {
    const isSecondEmpty = count === 0 && bucket.at(-1) === 0;
    if (isSecondEmpty) bucketLimit.pop();
    else bucket.push(count);
    bucketLimit.push(LIMITS[i]!);
  });
  return { bucketLimit, bucket };
}

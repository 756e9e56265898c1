/**
 * A histogram's quantiles at the bounds of whole and half standard deviations of a normal distribution.
 * Values: `plugins/distribution/compressor.py` of TensorBoard, of which this repeats every rounding.
 */
import { pairwiseSum } from "./pairwise-sum.ts";

/** Cumulative weights in basis points (1/100 %) at ±∞, ±1.5, ±1, ±0.5 and 0 standard deviations. */
const BASIS_POINTS = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000];

/** [basis point, value] pairs of a histogram given as [left edge, right edge, count] rows. */
export function quantilePoints(bins: readonly (readonly [number, number, number])[]): [number, number][] {
  const first = bins[0];
  const last = bins.at(-1);
  if (!first || !last) return BASIS_POINTS.map((point) => [point, 0]);
  const [smallest] = first;
  const largest = last[1];
  const weight = pairwiseSum(bins.map(([, , count]) => count));
  const total = weight === 0 ? 1 : weight;
  let sum = 0;
  const cumulative = bins.map(([, , count]) => {
    sum += (count * 10000) / total;
    return sum;
  });

  return BASIS_POINTS.map((point) => {
    const bucket = bucketAfter(cumulative, point);
    if (bucket === null) return [point, largest];
    const before = bucket > 0 ? cumulative[bucket - 1]! : 0;
    const after = cumulative[bucket]!;
    const left = before === 0 ? smallest : pythonMax(bins[bucket - 1]![1], smallest);
    const right = pythonMin(bins[bucket]![1], largest);
    return [point, left + ((point - before) * (right - left)) / (after - before)];
  });
}

/** The first bucket with weight that ends beyond a cumulative weight; null when there is none. */
function bucketAfter(cumulative: readonly number[], weight: number): number | null {
  // Bisection, not a scan: with NaN among the counts it is what decides where stock's search ends. NaN sorts last.
  let low = 0;
  let high = cumulative.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weight < cumulative[middle]! || Number.isNaN(cumulative[middle])) high = middle;
    else low = middle + 1;
  }
  while (low < cumulative.length && cumulative[low] === (low > 0 ? cumulative[low - 1] : 0)) low++;
  return low < cumulative.length ? low : null;
}

/** Python's `max` and `min` give their first argument unless the second is beyond it: with NaN that shows. */
function pythonMax(a: number, b: number): number {
  if (b > a) return b;
  return a;
}

function pythonMin(a: number, b: number): number {
  if (b < a) return b;
  return a;
}

/** Smoothing as TensorBoard's line charts have it: a debiased exponential moving average. */
import type { ScalarSeries } from "./scalar-series.ts";

/**
 * The smoothed value at every row.
 *
 * The average starts from zero and is divided by the weight that it has gathered, so that early points are not
 * pulled down. Points that are not finite stay as they are and do not take part; a constant series stays exact.
 *
 * @param weight in [0, 1): 0 gives the values themselves
 */
export function smooth(series: ScalarSeries, weight: number): Float64Array {
  const smoothed = new Float64Array(series.length);
  let average = 0;
  let gathered = 0; // 1 - weight^n, the sum of the coefficients so far
  let constant = true;
  let first = Number.NaN;
  for (let s = 0; s < series.stretches; s++) {
    const { start, rows } = series.stretch(s);
    for (let row = 0; row < rows.count; row++) {
      const value = rows.valueAt(row);
      if (start + row === 0) first = value;
      constant &&= value === first;
      if (constant || !Number.isFinite(value)) {
        smoothed[start + row] = value;
        if (!Number.isFinite(value)) continue;
      }
      average = average * weight + (1 - weight) * value;
      gathered = gathered * weight + (1 - weight);
      if (!constant) smoothed[start + row] = average / gathered;
    }
  }
  return smoothed;
}

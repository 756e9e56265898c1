/** Points of some rows of a series, gathered into columns. */
import type { PointArrays } from "./points.ts";
import type { ScalarSeries } from "./scalar-series.ts";

/** @param rows ascending */
export function gather(series: ScalarSeries, rows: readonly number[]): PointArrays {
  const walls = new Float64Array(rows.length);
  const values = new Float32Array(rows.length);
  let steps: Float64Array | BigInt64Array = new Float64Array(rows.length);
  let index = series.stretchIndexAt(rows[0] ?? 0);
  let stretch = series.stretch(index);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row >= stretch.start + stretch.rows.count) {
      // Mostly it is the next one.
      stretch = series.stretch(++index);
      if (row >= stretch.start + stretch.rows.count) {
        index = series.stretchIndexAt(row);
        stretch = series.stretch(index);
      }
    }
    const at = row - stretch.start;
    const step = stretch.rows.stepAt(at);
    walls[i] = stretch.rows.wallAt(at);
    values[i] = stretch.rows.valueAt(at);
    if (typeof step === "bigint" && steps instanceof Float64Array) steps = BigInt64Array.from(steps, BigInt);
    if (steps instanceof Float64Array) steps[i] = Number(step);
    else steps[i] = BigInt(step);
  }
  return { steps, walls, values };
}

/** A row of an aggregate: what the runs' values at one place come to. */
import { deviationOf, type Quantiles, type Spread, spreadOf } from "./statistics.ts";

export interface AggregateRow extends Spread {
  /** The step, or the middle of a bucket. */
  readonly x: number | bigint;
  /** Runs whose value there is NaN. */
  readonly nans: number;
  /** The sample's standard deviation; NaN for fewer than two runs. */
  readonly std: number;
  /** One for each share that was asked for. */
  readonly quantiles: readonly number[];
}

/**
 * @param values of the runs, without NaN; left in another order
 * @param spread where it is known
 */
export function rowOf(
  x: number | bigint,
  nans: number,
  values: Float64Array,
  quantiles: Quantiles,
  spread: Spread = spreadOf(values),
): AggregateRow {
  const { count, mean, min, max } = spread;
  const std = deviationOf(values, mean);
  return { x, count, nans, mean, std, min, max, quantiles: quantiles.of(values, spread) };
}

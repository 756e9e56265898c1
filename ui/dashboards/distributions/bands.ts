/** A run's histograms as nine quantiles a step: what the bands of a distribution are drawn from. */
import { quantilePoints } from "../../../values/quantiles.ts";
import type { Histogram } from "../histograms/histogram.ts";
import type { StepHistogram } from "../histograms/read-histograms.ts";

/** What each quantile is called; the fifth is the median. */
export const QUANTILES = [
  "minimum",
  "6.7 %",
  "15.9 %",
  "30.9 %",
  "median",
  "69.1 %",
  "84.1 %",
  "93.3 %",
  "maximum",
];

export interface Bands {
  readonly keys: readonly string[];
  readonly step: Float64Array;
  readonly wallTime: Float64Array;
  /** A column a quantile, ascending. */
  readonly values: readonly Float32Array[];
  /** Histograms one of whose quantiles is no finite value. */
  readonly empty: number;
}

export function bandsOf(steps: readonly StepHistogram[]): Bands {
  const rows = steps
    .map((one) => ({ ...one, points: quantilesOf(one.histogram) }))
    .filter(({ points }) => points.every(Number.isFinite));
  return {
    keys: rows.map(({ key }) => key),
    step: Float64Array.from(rows, ({ step }) => step),
    wallTime: Float64Array.from(rows, ({ wallTime }) => wallTime),
    values: QUANTILES.map((_, quantile) => Float32Array.from(rows, ({ points }) => points[quantile]!)),
    empty: steps.length - rows.length,
  };
}

/** A card asks again for those of all its steps when one is added. */
const known = new WeakMap<Histogram, readonly number[]>();

function quantilesOf(histogram: Histogram): readonly number[] {
  const before = known.get(histogram);
  if (before) return before;
  const { left, right, count } = histogram;
  const bins = Array.from(count, (inside, i) => [left[i]!, right[i]!, inside] as const);
  const points = quantilePoints(bins).map(([, value]) => value);
  known.set(histogram, points);
  return points;
}

/** A run's histograms as nine quantiles a step: what the bands of a distribution are drawn from. */
import type { RunRecords } from "../../../client/records-table.ts";
import { quantilePoints } from "../../../values/quantiles.ts";
import { histogramOf } from "../histograms/histogram.ts";

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
  readonly step: Float64Array;
  readonly wallTime: Float64Array;
  /** A column a quantile, ascending. */
  readonly values: readonly Float32Array[];
  /** Histograms without a finite value, and values that are no histograms. */
  readonly empty: number;
  readonly unfit: number;
}

export function bandsOf(records: RunRecords): Bands {
  const rows: { row: number; points: number[] }[] = [];
  let empty = 0;
  let unfit = 0;
  records.tensors?.forEach((tensor, row) => {
    const histogram = tensor && histogramOf(tensor);
    if (!histogram) {
      unfit++;
      return;
    }
    const { left, right, count } = histogram;
    const bins = Array.from(count, (inside, i) => [left[i]!, right[i]!, inside] as const);
    const points = quantilePoints(bins).map(([, value]) => value);
    if (count.some((inside) => inside > 0) && points.every(Number.isFinite)) rows.push({ row, points });
    else empty++;
  });
  return {
    step: Float64Array.from(rows, ({ row }) => records.step[row]!),
    wallTime: Float64Array.from(rows, ({ row }) => records.wallTime[row]!),
    values: QUANTILES.map((_, quantile) => Float32Array.from(rows, ({ points }) => points[quantile]!)),
    empty,
    unfit,
  };
}

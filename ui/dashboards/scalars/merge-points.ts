/** Puts points that were asked for by themselves into series that were thinned for drawing. */
import type { RunSeries } from "../../../client/series-table.ts";

/** The series of every run with the extra points that it does not have yet. */
export function withPoints(
  data: ReadonlyMap<string, RunSeries>,
  extra: ReadonlyMap<string, RunSeries>,
): ReadonlyMap<string, RunSeries> {
  const next = new Map(data);
  for (const [run, points] of extra) {
    const series = data.get(run);
    if (series) next.set(run, mergedSeries(series, points));
  }
  return next;
}

/** Rows of both in the order of their steps; where both have a step, the series' own. */
export function mergedSeries(series: RunSeries, extra: RunSeries): RunSeries {
  // What is smoothed and what is not does not mix: the answer of the other smoothing is on its way.
  if (Boolean(series.smoothed) !== Boolean(extra.smoothed)) return series;
  const rows: (readonly [RunSeries, number])[] = [];
  let row = 0;
  for (let i = 0; i < extra.step.length; i++) {
    while (row < series.step.length && stepAt(series, row) < stepAt(extra, i)) rows.push([series, row++]);
    if (row === series.step.length || stepAt(series, row) > stepAt(extra, i)) rows.push([extra, i]);
  }
  while (row < series.step.length) rows.push([series, row++]);
  if (rows.length === series.step.length) return series;
  const isExact = series.exactStep !== null || extra.exactStep !== null;
  return {
    ...series,
    step: Float64Array.from(rows, ([of, i]) => of.step[i]!),
    exactStep: isExact ? BigInt64Array.from(rows, ([of, i]) => BigInt(stepAt(of, i))) : null,
    wallTime: Float64Array.from(rows, ([of, i]) => of.wallTime[i]!),
    value: Float32Array.from(rows, ([of, i]) => of.value[i]!),
    smoothed: series.smoothed && Float32Array.from(rows, ([of, i]) => of.smoothed?.[i] ?? Number.NaN),
  };
}

/** The exact one. Bigints and numbers order among each other. */
function stepAt(series: RunSeries, row: number): number | bigint {
  return series.exactStep?.[row] ?? series.step[row]!;
}

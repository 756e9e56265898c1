/**
 * Aggregates of a tag over runs: mean, standard deviation, extremes and quantiles of what the runs have at the same
 * place, which is a step, or a bucket of an axis. Points that restarts overtook have no part in it, and neither has NaN,
 * which is counted on its own.
 */
import type { AggregateMatch, AxisScale } from "../../api/types.ts";
import { Breather } from "../../util/breather.ts";
import { type Axis, type AxisRange, axisOf, bucketing, rowRange } from "../axis.ts";
import type { ScalarSeries } from "../scalar-series.ts";
import { matchBuckets } from "./buckets.ts";
import { matchSteps } from "./matched-steps.ts";
import { PointReader } from "./point-reader.ts";
import type { AggregateRow } from "./row.ts";
import { RowBudget } from "./row-budget.ts";
import { Quantiles } from "./statistics.ts";

export type { AggregateRow } from "./row.ts";

export interface AggregateOptions extends AxisRange {
  /** `steps` is for the step axis only. */
  readonly match: AggregateMatch;
  /** Of matched steps: the budget, 0 for every row. Of buckets: how many, at least one. */
  readonly pixels: number;
  readonly scale: AxisScale;
  /** Shares in [0, 1] of which quantiles are wanted. */
  readonly quantiles: readonly number[];
}

export interface Aggregate {
  readonly rows: readonly AggregateRow[];
  /** Rows before reduction. */
  readonly total: number;
}

/** Points to hold in memory at a time, over all runs. */
const POINTS_AT_HAND = 1 << 16;
const PIECE_ROWS = { least: 64, most: 4096 };

/**
 * Aggregates series as they are at the call. Long work lets others have the thread in between.
 *
 * @param series one a run
 * @param check told now and then how many rows there are; what it throws ends the work
 */
export async function aggregate(
  series: readonly ScalarSeries[],
  options: AggregateOptions,
  check: (rows: number) => void = () => {},
): Promise<Aggregate> {
  const runs = series.map((one) => inRange(one, options)).filter(({ range: [from, to] }) => from < to);
  if (runs.length === 0) return { rows: [], total: 0 };
  return options.match === "steps" ? aggregateSteps(runs, options, check) : aggregateBuckets(runs, options);
}

/** The rows of a series that are in the range that was asked for. */
interface InRange {
  readonly series: ScalarSeries;
  readonly axis: Axis;
  readonly range: readonly [from: number, to: number];
}

function inRange(series: ScalarSeries, options: AggregateOptions): InRange {
  const axis = axisOf(series, options);
  return { series, axis, range: rowRange(series, options, axis) };
}

async function aggregateSteps(
  runs: readonly InRange[],
  { pixels, scale, quantiles, ...asked }: AggregateOptions,
  check: (rows: number) => void,
): Promise<Aggregate> {
  const breather = new Breather();
  const share = Math.floor(POINTS_AT_HAND / runs.length);
  const pieceRows = Math.max(PIECE_ROWS.least, Math.min(PIECE_ROWS.most, share));
  const readers = runs.map(({ series, range }) => new PointReader(series.snapshot(...range), pieceRows));
  const [low, high] = extent(runs, asked, scale);
  const budget = new RowBudget(pixels, bucketing(low, high, pixels, scale), new Quantiles(quantiles));
  for (const window of matchSteps(readers)) {
    for (let i = 0; i < window.length; i++)
      budget.offer(window.stepAt(i), window.nansAt(i), window.valuesAt(i));
    check(budget.rows.length);
    await breather.pause();
  }
  budget.end();
  return { rows: budget.rows, total: budget.total };
}

async function aggregateBuckets(
  runs: readonly InRange[],
  { pixels: buckets, scale, quantiles, ...asked }: AggregateOptions,
): Promise<Aggregate> {
  const [low, high] = extent(runs, asked, scale);
  if (low > high) return { rows: [], total: 0 };
  const placed = runs.map(({ series, axis, range: [from, to] }) => ({
    axis,
    // With the points next to the range, so that lines run to its edges.
    slices: series.snapshot(Math.max(0, from - 1), Math.min(series.length, to + 1)),
  }));
  // Where all points are at one place there is nothing to cut.
  const cut = { low, high, buckets: low === high ? 1 : buckets, scale, quantiles };
  const rows = await matchBuckets(placed, cut, new Breather());
  return { rows, total: rows.length };
}

/** The part of the range that has points, at positive places on a log axis. Its ends are infinite where there is none. */
function extent(runs: readonly InRange[], asked: AxisRange, scale: AxisScale): [low: number, high: number] {
  const from = scale === "log" ? Math.max(asked.from, Number.MIN_VALUE) : asked.from;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const include = (x: number) => {
    if (x < from || x > asked.to) return;
    if (x < low) low = x;
    if (x > high) high = x;
  };
  for (const { series, axis } of runs) {
    const [first, end] = rowRange(series, { ...asked, from }, axis);
    if (first === end) continue;
    // Where times go back, the ends of the range need not be its extremes.
    const slices = axis.ascends
      ? [...series.snapshot(first, first + 1), ...series.snapshot(end - 1, end)]
      : series.snapshot(first, end);
    for (const { rows, from: row, to } of slices) for (let i = row; i < to; i++) include(axis.at(rows, i));
  }
  return [low, high];
}

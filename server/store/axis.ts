/** Axes along which series are cut into ranges and buckets: steps, wall time, and time since a run's first point. */
import type { AxisScale, SeriesAxis } from "../api/types.ts";
import type { Block } from "./block.ts";
import type { PointRows } from "./points.ts";
import type { ScalarSeries } from "./scalar-series.ts";
import { search, searchNear } from "./search.ts";

export interface AxisRange {
  readonly axis: SeriesAxis;
  /** Inclusive range on the axis; infinite where open. */
  readonly from: number;
  readonly to: number;
  /** Wall time at which the relative axis starts. Default: that of the series' first point. */
  readonly origin?: number;
}

/** An axis of a series: where its points are on it. */
export interface Axis {
  at(rows: PointRows, row: number): number;
  /** Where rows `from` to `to` are. */
  column(rows: PointRows, from: number, to: number): Float64Array;
  /** The last row's place in a block, from what the block knows of itself. */
  lastOf(block: Block): number;
  /** Whether places never go back, so that they can be searched. */
  readonly ascends: boolean;
}

export function axisOf(series: ScalarSeries, { axis, origin }: Pick<AxisRange, "axis" | "origin">): Axis {
  if (axis === "step")
    return {
      at: (rows, row) => Number(rows.stepAt(row)),
      column: (rows, from, to) => {
        const steps = rows.stepColumn(from, to);
        return steps instanceof Float64Array ? steps : Float64Array.from(steps, Number);
      },
      lastOf: (block) => Number(block.lastStep),
      ascends: true,
    };
  const start = axis === "relative" ? (origin ?? originOf(series)) : 0;
  return {
    at: (rows, row) => rows.wallAt(row) - start,
    column: (rows, from, to) => {
      const walls = rows.wallColumn(from, to);
      for (let i = 0; i < walls.length; i++) walls[i]! -= start;
      return walls;
    },
    lastOf: (block) => block.lastWall - start,
    ascends: series.wallsAscend,
  };
}

/** Wall time of the series' first point: where its relative axis starts. */
export function originOf(series: ScalarSeries): number {
  return series.length > 0 ? series.stretch(0).rows.wallAt(0) : 0;
}

/** Rows of the range, as [first, end). */
export function rowRange(series: ScalarSeries, { from, to }: AxisRange, axis: Axis): [number, number] {
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return [0, series.length];
  if (axis.ascends)
    return [firstWhere(series, axis, 0, (x) => x >= from), firstWhere(series, axis, 0, (x) => x > to)];
  let first = series.length;
  let end = 0;
  for (let s = 0; s < series.stretches; s++) {
    const { start, rows } = series.stretch(s);
    for (let row = 0; row < rows.count; row++) {
      const x = axis.at(rows, row);
      if (x < from || x > to) continue;
      first = Math.min(first, start + row);
      end = start + row + 1;
    }
  }
  return first < end ? [first, end] : [end, end];
}

/**
 * First row from `row` on whose place satisfies `reached`, which holds for all after; the length when there is none.
 * Stretches are looked through one after the other: what is asked for is mostly near.
 *
 * @param stretch index of the one that `row` is in
 * @param guess a row that it may well be
 */
export function firstWhere(
  series: ScalarSeries,
  axis: Axis,
  row: number,
  reached: (x: number) => boolean,
  stretch = series.stretchIndexAt(row),
  guess?: number,
): number {
  for (let s = stretch; s < series.stretches; s++) {
    const { start, rows, block } = series.stretch(s);
    const { count } = rows;
    if (count === 0) continue;
    if (!reached(block ? axis.lastOf(block) : axis.at(rows, count - 1))) continue;
    const from = Math.max(0, row - start);
    const isReached = (r: number) => reached(axis.at(rows, r));
    return (
      start +
      (guess === undefined
        ? search(count, isReached, from)
        : searchNear(count, isReached, from, guess - start))
    );
  }
  return series.length;
}

/**
 * Gives the bucket of a place, where `low` to `high` is cut into so many, evenly on the scale; buckets ascend with the
 * axis. `high` itself is in the bucket after the last. Where there is nothing to cut, all places are in bucket 0.
 */
export function bucketing(
  low: number,
  high: number,
  buckets: number,
  scale: AxisScale,
): (x: number) => number {
  const map = scale === "log" ? (x: number) => Math.log10(Math.max(x, Number.MIN_VALUE)) : (x: number) => x;
  const start = map(low);
  const perUnit = buckets / (map(high) - start);
  if (!Number.isFinite(perUnit)) return () => 0;
  return (x) => Math.floor((map(x) - start) * perUnit);
}

/**
 * The first and the newest point of a series or of a range of it, and its points of smallest and of largest value, from
 * what blocks know of themselves.
 */
import { type AxisRange, axisOf, rowRange } from "./axis.ts";
import { addValue, type ExtremesSink } from "./block.ts";
import type { ScalarSeries } from "./scalar-series.ts";

export interface Point {
  /** A bigint where a double would not be exact. */
  readonly step: number | bigint;
  /** Seconds since the epoch. */
  readonly wall: number;
  readonly value: number;
}

export interface SeriesEnds {
  /** Points in the range. */
  readonly points: number;
  readonly first: Point;
  readonly last: Point;
  /** The first points of smallest and of largest value, infinities among them; null where every value is NaN. */
  readonly min: Point | null;
  readonly max: Point | null;
}

/** Undefined where the range, or the series, has no points. On clocks that went back, what lies between first and last. */
export function endsOf(series: ScalarSeries, range?: AxisRange): SeriesEnds | undefined {
  const [from, to] = range ? rowRange(series, range, axisOf(series, range)) : [0, series.length];
  if (from >= to) return undefined;
  const extremes = new Extremes();
  for (let s = series.stretchIndexAt(from); s < series.stretches; s++) {
    const { start, rows, block } = series.stretch(s);
    if (start >= to) break;
    const [first, end] = [Math.max(0, from - start), Math.min(rows.count, to - start)];
    if (block) block.extremesIn(first, end, extremes, start);
    else for (let row = first; row < end; row++) addValue(start + row, rows.valueAt(row), extremes);
  }
  return {
    points: to - from,
    first: pointAt(series, from),
    last: pointAt(series, to - 1),
    min: extremes.lowest < 0 ? null : pointAt(series, extremes.lowest),
    max: extremes.highest < 0 ? null : pointAt(series, extremes.highest),
  };
}

export function pointAt(series: ScalarSeries, row: number): Point {
  const { start, rows } = series.stretchAt(row);
  const at = row - start;
  return { step: rows.stepAt(at), wall: rows.wallAt(at), value: rows.valueAt(at) };
}

class Extremes implements ExtremesSink {
  lowest = -1;
  highest = -1;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  low(row: number, value: number): void {
    if (this.lowest >= 0 && value >= this.#min) return;
    this.lowest = row;
    this.#min = value;
  }

  high(row: number, value: number): void {
    if (this.highest >= 0 && value <= this.#max) return;
    this.highest = row;
    this.#max = value;
  }

  nan(): void {}
}

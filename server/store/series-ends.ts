/** The newest point of a series, and its points of smallest and of largest value, from what blocks know of themselves. */
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
  readonly last: Point;
  /** The first points of smallest and of largest value, infinities among them; null where every value is NaN. */
  readonly min: Point | null;
  readonly max: Point | null;
}

/** Undefined for a series without points. */
export function endsOf(series: ScalarSeries): SeriesEnds | undefined {
  if (series.length === 0) return undefined;
  const extremes = new Extremes();
  for (let s = 0; s < series.stretches; s++) {
    const { start, rows, block } = series.stretch(s);
    if (block) block.extremesIn(0, block.count, extremes, start);
    else for (let row = 0; row < rows.count; row++) addValue(start + row, rows.valueAt(row), extremes);
  }
  return {
    last: pointAt(series, series.length - 1),
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

/** What a line chart draws: one line a run, as typed arrays. */

export interface Line {
  readonly run: string;
  readonly color: string;
  /** Ascending within a run. */
  readonly x: Float64Array;
  /** Drawn strong; NaN and infinities are gaps with marks. */
  readonly y: Float32Array;
  /** Drawn faint behind, with the same x: the raw values where `y` is smoothed. */
  readonly faint: Float32Array | null;
}

/** Inclusive, in data units, `[low, high]`. */
export type Range = readonly [low: number, high: number];

/** What part of the data is looked at; a missing axis follows the data. */
export interface Zoom {
  readonly x: Range | null;
  readonly y: Range | null;
}

export type XKind = "step" | "relative" | "wall_time";

export interface ChartSpec {
  readonly lines: readonly Line[];
  readonly xKind: XKind;
  readonly xLog: boolean;
  readonly yLog: boolean;
  /** Scale y to the 5th to 95th percentile of the values instead of all of them. */
  readonly ignoreOutliers: boolean;
  readonly zoom: Zoom | null;
  /** The largest last step of the lines, exact; empty without points. */
  readonly lastStep: string;
}

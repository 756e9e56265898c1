/** What a line chart draws: one line a run, or several that are told apart by names of their own, as typed arrays. */

export interface Line {
  readonly run: string;
  /** What tells it from the other lines; the run where it is left out. */
  readonly key?: string;
  /** What it is called; the run where it is left out. */
  readonly name?: string;
  readonly color: string;
  /** Lengths of dashes and gaps, px; a whole line where it is left out. */
  readonly dash?: readonly number[];
  /** Drawn pale behind: what lies between two lines, each with an x of its own. */
  readonly band?: { readonly low: Bound; readonly high: Bound };
  /** Ascending within a run. */
  readonly x: Float64Array;
  /** Drawn strong; NaN and infinities are gaps with marks. */
  readonly y: Float32Array;
  /** Drawn faint behind, with the same x: the raw values where `y` is smoothed. */
  readonly faint: Float32Array | null;
}

export interface Bound {
  readonly x: Float64Array;
  readonly y: Float32Array;
}

export const keyOf = (line: Line): string => line.key ?? line.run;
export const nameOf = (line: Line): string => line.name ?? line.run;

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

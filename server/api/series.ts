/** Shapes of `/api/v1/series`: points of a tag over runs, reduced to a pixel budget. */

/**
 * Axis along which ranges are given and buckets are cut. `relative` is seconds since the run's first point of the tag.
 *
 * @example
 * const axes: SeriesAxis[] = ["step", "wall_time", "relative"];
 * const spans = axes.map((axis) => client.series({ tag: "loss", axis, pixels: 100 }));
 * console.log((await Promise.all(spans)).map(([slow]) => slow?.total)); // 100,100,100
 */
export type SeriesAxis = "step" | "wall_time" | "relative";

/** Whether buckets are even in x, or in log10 x. */
export type AxisScale = "linear" | "log";

/**
 * Query of `/api/v1/series`.
 *
 * @example
 * const query: SeriesQuery = { tag: "loss", runs: ["rate-0.2"], from: 10, pixels: 800, smoothing: 0.6 };
 * const [fast] = await client.series(query);
 * console.log(fast?.inRange, fast?.smoothed?.length === fast?.value.length); // 90 true
 */
export interface SeriesQuery {
  readonly tag: string;
  /** Run names; all runs that have the tag when left out. Unknown names are left out of the answer. */
  readonly runs?: readonly string[];
  /** Default `step`. */
  readonly axis?: SeriesAxis;
  /** Inclusive range on the axis; a point on either side is added so that lines run to the edge. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Pixel budget: the range is cut into this many buckets, and of each bucket the points of smallest and of
   * largest value are kept (NaN once), so a spike never vanishes. 0 or absent: every point.
   */
  readonly pixels?: number;
  /** Buckets are even in x (`linear`, default) or in log10 x (`log`). */
  readonly scale?: AxisScale;
  /** Smoothing weight in [0, 1): adds the column `smoothed`, computed over the full series. Default 0: absent. */
  readonly smoothing?: number;
  /**
   * Instead of the series, what restarts overtook of it: an entry for each time that it happened, which are `branch`es
   * of the run. The relative axis is the run's. Default false.
   */
  readonly overtaken?: boolean;
}

/** JSON form of a series answer. NaN and infinities are the strings "NaN", "Infinity", "-Infinity". */
export interface SeriesJson {
  readonly tag: string;
  readonly series: readonly SeriesColumnsJson[];
}

export interface SeriesColumnsJson {
  readonly run: string;
  /** With `overtaken` only: which of the run's branches, from 0 in the order in which they were overtaken. */
  readonly branch?: number;
  /** Points in the whole series and in the range, before reduction. */
  readonly total: number;
  readonly in_range: number;
  /** Wall time of the series' first point: the origin of the relative axis. */
  readonly origin: number;
  readonly step: readonly number[];
  readonly wall_time: readonly number[];
  readonly value: readonly (number | string)[];
  readonly smoothed?: readonly (number | string)[];
}

/**
 * Arrow form: one table, rows grouped by run, columns `run` (dictionary of utf8), `branch` (int32) when overtaken points
 * were asked for, `step` (float64, or int64 when a step passes 2^53), `wall_time` (float64), `value` (float32), and
 * `smoothed` (float32) when asked for. Schema metadata `tsboard` is this object as JSON.
 */
export interface SeriesArrowMetadata {
  readonly tag: string;
  readonly series: readonly {
    readonly run: string;
    readonly branch?: number;
    readonly rows: number;
    readonly total: number;
    readonly in_range: number;
    readonly origin: number;
  }[];
}

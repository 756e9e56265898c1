/** Shapes of `/api/v1/aggregate`: what the runs' values of a tag come to. */
import type { AxisScale, SeriesAxis } from "./series.ts";

/** Whether runs are compared at the same steps, or in the same buckets of an axis. */
export type AggregateMatch = "steps" | "buckets";

/**
 * Query of `/api/v1/aggregate`: what the runs' values of a tag come to, place by place along an axis.
 *
 * With `match: "steps"` there is a row for every step that any of the runs has, over the runs that have it: nothing is
 * invented for the others. With `match: "buckets"` the range is cut into even buckets, and a run's value in a bucket is
 * the mean of its points there, or, where it has points before and after but none in it, where the line between those
 * passes the bucket's middle. Points that restarts overtook do not count, and neither does NaN but in `nans`; infinities
 * count.
 *
 * @example
 * const query: AggregateQuery = { tag: "loss", match: "buckets", pixels: 10, quantiles: [0.25, 0.5, 0.75] };
 * const { x, quantiles } = await client.aggregate(query);
 * console.log(x.length, quantiles.map(({ share }) => share)); // 10 0.25,0.5,0.75
 */
export interface AggregateQuery {
  readonly tag: string;
  /** Run names; all runs that have the tag when left out. Unknown names are passed over. */
  readonly runs?: readonly string[];
  /** Default `step`. `relative` lays the runs over each other, each from its own first point on. */
  readonly axis?: SeriesAxis;
  /** Inclusive range on the axis. */
  readonly from?: number;
  readonly to?: number;
  /** Default `steps` on the step axis, and `buckets`, the only way there is, on the time axes. */
  readonly match?: AggregateMatch;
  /**
   * Of matched steps, a budget: where there are more than twice as many rows, the range is cut into this many buckets and
   * of each the rows stay at which the smallest `min`, the largest `max`, and the smallest and largest `mean` are (up to
   * four), and one without numbers; 0 or absent: every row. Of `buckets`, how many: default 1,000.
   */
  readonly pixels?: number;
  /** Buckets are even in x (`linear`, default) or in log10 x (`log`; of buckets, places up to 0 have no part then). */
  readonly scale?: AxisScale;
  /** Shares of which the quantiles are wanted, each in [0, 1]: 0.5 is the median. At most 32. Default: none. */
  readonly quantiles?: readonly number[];
}

/**
 * JSON form of an aggregate: columns. NaN and infinities are the strings "NaN", "Infinity", "-Infinity".
 *
 * Arrow form: one table, columns `x` (float64, or int64 when a step passes 2^53), `count` and `nans` (int32), `mean`,
 * `std`, `min`, `max` (float64), and `q0.5` and so on (float64) for each quantile asked for. Schema metadata `tsboard` is
 * an {@link AggregateHead} as JSON.
 */
export interface AggregateJson extends AggregateHead {
  /** The step, or where the middle of the bucket is on the axis; ascending. */
  readonly x: readonly number[];
  /** Runs that have a number there. */
  readonly count: readonly number[];
  /** Runs that have NaN there, and nothing else. */
  readonly nans: readonly number[];
  readonly mean: readonly (number | string)[];
  /** Standard deviation of the sample (squares over count - 1); NaN where fewer than two runs have a number. */
  readonly std: readonly (number | string)[];
  /** Smallest and largest of the runs' points there. */
  readonly min: readonly (number | string)[];
  readonly max: readonly (number | string)[];
  /** With straight lines between the runs' values in order. */
  readonly quantiles: readonly {
    readonly share: number;
    readonly value: readonly (number | string)[];
  }[];
}

/** What an aggregate is of. */
export interface AggregateHead {
  readonly tag: string;
  readonly axis: SeriesAxis;
  readonly match: AggregateMatch;
  /** Runs that have the tag, in the order asked for. */
  readonly runs: readonly string[];
  /** Rows before reduction. */
  readonly total: number;
}

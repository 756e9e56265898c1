/** Shapes of `/api/v1/last`: the newest and the best values. */
import type { SeriesAxis } from "./series.ts";

/**
 * Query of `/api/v1/last`: where each series of scalars stands, and how good it has been.
 *
 * @example
 * const query: LastQuery = { tags: ["loss"], runs: ["rate-0.1"] };
 * const [slow] = await client.last(query);
 * console.log(slow?.points, slow?.max?.value, slow?.max?.step); // 100 1 0
 */
export interface LastQuery {
  /** All tags of scalars when left out. */
  readonly tags?: readonly string[];
  /** Run names; all runs when left out. Unknown names are passed over. */
  readonly runs?: readonly string[];
  /** What `from` and `to` are counted in. Default `step`. */
  readonly axis?: SeriesAxis;
  /** Inclusive range: of the points in it only; series without any are left out. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * JSON form: an entry a tag and run that has points, tag after tag.
 *
 * Arrow and CSV have a row an entry: `tag`, `run`, `points`, then `value`, `step`, `wall_time` of the newest point, and
 * `min`, `min_step`, `min_wall_time`, `max`, `max_step`, `max_wall_time`, which are empty where every value is NaN, and
 * `first`, `first_step`, `first_wall_time`.
 */
export interface LastJson {
  readonly series: readonly {
    readonly tag: string;
    readonly run: string;
    /** Points in the series, or in the range. */
    readonly points: number;
    /** That of the largest step. */
    readonly last: PointJson;
    /** The first points of smallest and of largest value; null where every value is NaN. */
    readonly min: PointJson | null;
    readonly max: PointJson | null;
    /** That of the smallest step. */
    readonly first: PointJson;
  }[];
}

/** A point. NaN and infinities are the strings "NaN", "Infinity", "-Infinity". */
export interface PointJson {
  readonly step: number;
  readonly wall_time: number;
  readonly value: number | string;
}

/** Decodes the Arrow answer of `/api/v1/last` into an object a tag and run. */
import type { Table } from "@uwdata/flechette";
import { columnOf, decodeTable, textColumn } from "./arrow-columns.ts";

/**
 * A point of a series.
 *
 * @example
 * const text = ({ step, value }: Point) => `${value.toFixed(3)} at step ${step}`;
 * const [slow] = await client.last({ tags: ["loss"] });
 * console.log(slow && text(slow.last)); // 0.000 at step 99
 */
export interface Point {
  /** A bigint beyond 2^53. */
  readonly step: number | bigint;
  /** Seconds since the epoch. */
  readonly wallTime: number;
  readonly value: number;
}

/**
 * Where a series stands, and how good it has been.
 *
 * @example
 * const best = (a: Last, b: Last) => (a.min?.value ?? Infinity) - (b.min?.value ?? Infinity);
 * console.log((await client.last({ tags: ["loss"] })).sort(best)[0]?.run); // rate-0.2
 */
export interface Last {
  readonly tag: string;
  readonly run: string;
  /** Points in the series, or in the range. */
  readonly points: number;
  /** The newest. */
  readonly last: Point;
  /** The first points of smallest and of largest value; null where every value is NaN. */
  readonly min: Point | null;
  readonly max: Point | null;
  /** The first. */
  readonly first: Point;
}

export function decodeLastTable(bytes: Uint8Array): Last[] {
  const table = decodeTable(bytes);
  const tags = textColumn(table, "tag");
  const runs = textColumn(table, "run");
  const points = columnOf(table, "points");
  const last = pointsOf(table, "value", "step", "wall_time");
  const min = pointsOf(table, "min", "min_step", "min_wall_time");
  const max = pointsOf(table, "max", "max_step", "max_wall_time");
  const first = pointsOf(table, "first", "first_step", "first_wall_time");
  return tags.map((tag, row) => {
    const [oldest, newest] = [first(row), last(row)];
    if (oldest === null || newest === null)
      throw new TypeError(`the server's answer has no last value of ${tag}`);
    return {
      tag,
      run: runs[row]!,
      points: Number(points.at(row)),
      last: newest,
      min: min(row),
      max: max(row),
      first: oldest,
    };
  });
}

function pointsOf(table: Table, value: string, step: string, wall: string): (row: number) => Point | null {
  const [values, steps, walls] = [columnOf(table, value), columnOf(table, step), columnOf(table, wall)];
  return (row) => {
    const number = values.at(row);
    if (number === null) return null;
    return { step: toStep(steps.at(row)), wallTime: Number(walls.at(row)), value: Number(number) };
  };
}

function toStep(step: unknown): number | bigint {
  const number = Number(step);
  return typeof step === "bigint" && !Number.isSafeInteger(number) ? step : number;
}

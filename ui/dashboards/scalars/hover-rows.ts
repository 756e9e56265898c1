/** The rows of the table under the crosshair: every run's nearest point, sorted as a person chose. */
import type { RunSeries } from "../../../client/series-table.ts";
import { compareNames } from "../../app/run-tree.ts";
import { firstAtLeast } from "../../charts/extent.ts";
import type { Hit } from "../../charts/hit-test.ts";
import { type Bound, keyOf, nameOf } from "../../charts/line.ts";

export interface HoverRow {
  readonly key: string;
  /** What the line is called: its run, mostly. */
  readonly name: string;
  readonly color: string;
  readonly nearest: boolean;
  readonly distance: number;
  readonly smoothed: number | null;
  readonly value: number;
  /** Exact, where steps pass 2^53. */
  readonly step: number | bigint;
  readonly wallTime: number;
  /** Seconds since the run's first point of this tag. */
  readonly relative: number;
  /** What the band around the line has there; null without a band. */
  readonly bounds: Bounds | null;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export type SortColumn = "nearest" | "run" | "smoothed" | "value" | "step" | "wall_time" | "relative";

/** Sort orders as they stand in the address; a leading `-` is descending. */
export const SORTS = [
  "nearest",
  "run",
  "-run",
  "smoothed",
  "-smoothed",
  "value",
  "-value",
  "step",
  "-step",
  "wall_time",
  "-wall_time",
  "relative",
  "-relative",
] as const;
export type Sort = (typeof SORTS)[number];

/** What a click on a column's heading makes of the order: ascending, descending, and back to nearest first. */
export function nextSort(current: Sort, column: Exclude<SortColumn, "nearest">): Sort {
  if (current === column) return `-${column}`;
  return current === `-${column}` ? "nearest" : column;
}

export function hoverRow(hit: Hit, series: RunSeries, nearest: boolean): HoverRow {
  const { index, line, distance } = hit;
  const wallTime = series.wallTime[index]!;
  return {
    key: keyOf(line),
    name: nameOf(line),
    color: line.color,
    nearest,
    distance,
    smoothed: series.smoothed?.[index] ?? null,
    value: series.value[index]!,
    step: series.exactStep?.[index] ?? series.step[index]!,
    wallTime,
    relative: wallTime - series.origin,
    bounds: line.band
      ? { low: valueAt(line.band.low, line.x[index]!), high: valueAt(line.band.high, line.x[index]!) }
      : null,
  };
}

/** A bound's value at x; between two of its points, that of the line between them. */
export function valueAt({ x, y }: Bound, at: number): number {
  const after = firstAtLeast(x, at);
  if (x[after] === at) return y[after]!;
  if (after === 0 || after === x.length) return Number.NaN;
  const share = (at - x[after - 1]!) / (x[after]! - x[after - 1]!);
  return y[after - 1]! + (y[after]! - y[after - 1]!) * share;
}

export function sortRows(rows: HoverRow[], sort: Sort): HoverRow[] {
  if (sort === "nearest") return rows.sort((a, b) => a.distance - b.distance);
  const descending = sort.startsWith("-");
  const compare = COMPARE[sort.replace("-", "")] ?? COMPARE.run!;
  return rows.sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
}

const COMPARE: Readonly<Record<string, (a: HoverRow, b: HoverRow) => number>> = {
  run: (a, b) => compareNames(a.name, b.name),
  smoothed: (a, b) => compareNumbers(a.smoothed ?? a.value, b.smoothed ?? b.value),
  value: (a, b) => compareNumbers(a.value, b.value),
  step: (a, b) => (a.step < b.step ? -1 : a.step > b.step ? 1 : 0),
  wall_time: (a, b) => a.wallTime - b.wallTime,
  relative: (a, b) => a.relative - b.relative,
};

/** NaN after every number. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a < b ? -1 : a > b ? 1 : 0;
}

/** First row to show so that the nearest run is among the `shown`. */
export function windowStart(rows: readonly HoverRow[], shown: number): number {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.nearest),
  );
  return Math.max(0, Math.min(rows.length - shown, at - Math.floor(shown / 2)));
}

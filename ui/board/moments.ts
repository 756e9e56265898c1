/** Moments of training: what they are, how they are written, what a series has nearest to one. */
import { formatDuration, formatStep, formatWallTime } from "../app/format.ts";

/** What a moment is counted in: steps, seconds since the run's first value of the tag, seconds since the epoch. */
export type StepAxis = "step" | "relative" | "wall_time";

export interface Moment {
  readonly axis: StepAxis;
  readonly at: number;
}

/** What a run has of a tag, ordered by step: `RunRecords` and `RunSeries` are that. */
export interface StepSeries {
  readonly run: string;
  readonly step: Float64Array;
  readonly wallTime: Float64Array;
  /** Wall time that relative times count from; the first when left out. */
  readonly origin?: number;
}

const MARKS: Readonly<Record<StepAxis, string>> = { step: "", relative: "r", wall_time: "w" };

/** A moment as it stands in the address: `120`, `r35.5`, `w1700000000`. */
export function formatMoment({ axis, at }: Moment): string {
  return MARKS[axis] + String(at);
}

export function parseMoment(text: string): Moment | null {
  const axis: StepAxis = text.startsWith("r") ? "relative" : text.startsWith("w") ? "wall_time" : "step";
  const digits = text.slice(MARKS[axis].length);
  const at = Number(digits);
  return digits.trim() === "" || !Number.isFinite(at) ? null : { axis, at };
}

/** A moment in words. */
export function momentText({ axis, at }: Moment): string {
  if (axis === "step") return formatStep(at);
  return axis === "relative" ? formatDuration(at) : formatWallTime(at);
}

/** A series' values on an axis, ascending as far as clocks are. */
export function axisColumn(series: StepSeries, axis: StepAxis): Float64Array {
  if (axis === "step") return series.step;
  if (axis === "wall_time") return series.wallTime;
  const origin = series.origin ?? series.wallTime[0] ?? 0;
  return series.wallTime.map((time) => time - origin);
}

/** Index of what a series has nearest to the moment, the earlier of two equally near; the last for null; -1 of nothing. */
export function indexAt(series: StepSeries, moment: Moment | null): number {
  const { length } = series.step;
  if (moment === null || length === 0) return length - 1;
  const column = moment.axis === "step" ? series.step : series.wallTime;
  const origin = moment.axis === "relative" ? (series.origin ?? series.wallTime[0] ?? 0) : 0;
  const target = moment.at + origin;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < target) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  if (low === length) return length - 1;
  return column[low]! - target < target - column[low - 1]! ? low : low - 1;
}

/** More stops than this no slider can tell apart: they are thinned evenly, the last one kept. */
const MOST_STOPS = 10_000;

/** What all these series have on an axis: every value once, ascending. */
export function stopsOf(series: readonly StepSeries[], axis: StepAxis): Float64Array {
  return mergeStops(series.map((one) => axisColumn(one, axis)));
}

export function mergeStops(columns: readonly Float64Array[]): Float64Array {
  const first = columns[0];
  if (first === undefined) return new Float64Array();
  if (columns.every((column) => sameColumn(column, first))) return thinned(first);
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let used = 0;
  for (const column of columns) {
    all.set(column, used);
    used += column.length;
  }
  all.sort();
  return thinned(all.filter((value, i) => i === 0 || value !== all[i - 1]));
}

function sameColumn(a: Float64Array, b: Float64Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}

function thinned(column: Float64Array): Float64Array {
  if (column.length <= MOST_STOPS) return column;
  return Float64Array.from(
    { length: MOST_STOPS },
    (_, i) => column[Math.round((i * (column.length - 1)) / (MOST_STOPS - 1))]!,
  );
}

/** The moment at a stop; at the last one null, which follows what is new. */
export function momentAtStop(stops: Float64Array, index: number, axis: StepAxis): Moment | null {
  const at = stops[Math.max(0, index)];
  return at === undefined || index >= stops.length - 1 ? null : { axis, at };
}

/** Where a moment is among the stops; the last for null, and for moments of another axis. */
export function stopAtMoment(stops: Float64Array, moment: Moment | null, axis: StepAxis): number {
  if (moment === null || moment.axis !== axis) return stops.length - 1;
  return indexAt({ run: "", step: stops, wallTime: stops, origin: 0 }, moment);
}

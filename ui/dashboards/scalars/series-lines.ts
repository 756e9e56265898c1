/** A card's series as the lines of its chart. */

import type { RunSeries } from "../../../client/series-table.ts";
import { count, formatStep } from "../../app/format.ts";
import type { Line, XKind } from "../../charts/line.ts";

const relativeTimes = new WeakMap<RunSeries, Float64Array>();

/** Lines in the order of `runs`, coloured by `color`; smoothed ones with their raw values faint behind. */
export function seriesLines(
  data: ReadonlyMap<string, RunSeries>,
  runs: Iterable<string>,
  xKind: XKind,
  color: (run: string) => string,
): Line[] {
  const lines: Line[] = [];
  for (const run of runs) {
    const series = data.get(run);
    if (!series || series.step.length === 0) continue;
    lines.push({
      run,
      color: color(run),
      x: xColumn(series, xKind),
      y: series.smoothed ?? series.value,
      faint: series.smoothed ? series.value : null,
    });
  }
  return lines;
}

function xColumn(series: RunSeries, xKind: XKind): Float64Array {
  if (xKind === "step") return series.step;
  if (xKind === "wall_time") return series.wallTime;
  let times = relativeTimes.get(series);
  if (!times) {
    times = series.wallTime.map((time) => time - series.origin);
    relativeTimes.set(series, times);
  }
  return times;
}

/** The largest last step over all series, as text without rounding; empty without points. */
export function lastStep(data: Iterable<RunSeries>): string {
  let largest: number | bigint | null = null;
  for (const { step, exactStep } of data) {
    const last = exactStep ? exactStep.at(-1) : step.at(-1);
    if (last !== undefined && (largest === null || last > largest)) largest = last;
  }
  return largest === null ? "" : largest.toString();
}

/** How many runs have values that a logarithmic y axis cannot show. */
export function runsBelowZero(lines: readonly Line[]): number {
  return lines.filter((line) => line.y.some((value) => value <= 0)).length;
}

/** How many runs have more than their first step left of a logarithmic x axis: that there is a step 0 goes without saying. */
export function runsBeforeOne(lines: readonly Line[]): number {
  return lines.filter(({ x }) => x.length > 0 && x[Math.min(1, x.length - 1)]! <= 0).length;
}

/** Runs that are named where something is said of them. */
const MOST_NAMED = 5;

/** What is said of runs, or lines, that have something else than scalars under the tag. */
export function ofOtherKind(runs: readonly string[], noun = "run"): string {
  const named = runs.slice(0, MOST_NAMED).join(", ");
  const more = runs.length > MOST_NAMED ? ` and ${formatStep(runs.length - MOST_NAMED)} more` : "";
  return `${count(runs.length, noun)} without scalars, of which each is one 32- or 64-bit float: ${named}${more}`;
}

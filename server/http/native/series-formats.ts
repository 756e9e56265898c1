/** Forms of a series answer: Arrow, JSON and CSV. */
import type { SeriesArrowMetadata } from "../../api/types.ts";
import { type Cell, csvPieces } from "../../plugins/csv.ts";
import { jsonPieces } from "../json.ts";
import { encodeTable, nameColumn, numberColumn } from "./arrow.ts";
import type { SeriesColumns } from "./series-query.ts";

/** One table, rows grouped by run; its layout is described at `SeriesArrowMetadata`. */
export function toArrow(tag: string, answer: readonly SeriesColumns[]): Uint8Array {
  const total = answer.reduce((sum, { values }) => sum + values.length, 0);
  const runs = [...new Set(answer.map(({ run }) => run))];
  const places = new Map(runs.map((run, i) => [run, i]));
  const run = new Int32Array(total);
  const branch = new Int32Array(total);
  const walls = new Float64Array(total);
  const values = new Float32Array(total);
  const smoothed = answer.some((series) => series.smoothed) ? new Float32Array(total) : null;
  let at = 0;
  for (const series of answer) {
    const rows = series.values.length;
    run.fill(places.get(series.run)!, at, at + rows);
    branch.fill(series.branch ?? 0, at, at + rows);
    walls.set(series.walls, at);
    values.set(series.values, at);
    if (series.smoothed) smoothed?.set(series.smoothed, at);
    at += rows;
  }
  const columns = [
    ["run", nameColumn(runs, run)],
    ["step", numberColumn(allSteps(answer, total))],
    ["wall_time", numberColumn(walls)],
    ["value", numberColumn(values)],
  ] satisfies Parameters<typeof encodeTable>[0];
  if (answer.some((series) => series.branch !== undefined))
    columns.splice(1, 0, ["branch", numberColumn(branch)]);
  if (smoothed) columns.push(["smoothed", numberColumn(smoothed)]);
  const metadata: SeriesArrowMetadata = {
    tag,
    series: answer.map(({ run: name, branch: number, values: { length }, total: all, inRange, origin }) => ({
      run: name,
      ...(number !== undefined && { branch: number }),
      rows: length,
      total: all,
      in_range: inRange,
      origin,
    })),
  };
  return encodeTable(columns, metadata);
}

/** Steps of all: as doubles, or as 64-bit integers where one of them passes 2^53. */
function allSteps(answer: readonly SeriesColumns[], total: number): Float64Array | BigInt64Array {
  const wide = answer.some(({ steps }) => steps instanceof BigInt64Array);
  const all = wide ? new BigInt64Array(total) : new Float64Array(total);
  let at = 0;
  for (const { steps } of answer) {
    if (all instanceof BigInt64Array)
      all.set(steps instanceof BigInt64Array ? steps : BigInt64Array.from(steps, BigInt), at);
    else if (steps instanceof Float64Array) all.set(steps, at);
    at += steps.length;
  }
  return all;
}

export function toSeriesJson(
  tag: string,
  answer: readonly SeriesColumns[],
): Iterator<string, void, undefined> {
  return jsonPieces({
    tag,
    series: answer.map(({ run, branch, total, inRange, origin, steps, walls, values, smoothed }) => ({
      run,
      branch,
      total,
      in_range: inRange,
      origin,
      step: steps,
      wall_time: walls,
      value: values,
      ...(smoothed && { smoothed }),
    })),
  });
}

/** A row a point: the compatible face's columns after the run's name. */
export function toSeriesCsv(answer: readonly SeriesColumns[]): Iterator<string, void, undefined> {
  const withBranch = answer.some(({ branch }) => branch !== undefined);
  const header = ["Run", ...(withBranch ? ["Branch"] : []), "Wall time", "Step", "Value"];
  return csvPieces(header, seriesRows(answer, withBranch));
}

function* seriesRows(answer: readonly SeriesColumns[], withBranch: boolean): Generator<Cell[]> {
  for (const { run, branch = 0, steps, walls, values } of answer)
    for (let i = 0; i < values.length; i++)
      yield [run, ...(withBranch ? [branch] : []), { float: walls[i]! }, steps[i]!, { float: values[i]! }];
}

/** Forms of a series answer: Arrow IPC, JSON and CSV. */
import {
  type Column,
  columnFromArray,
  float32,
  float64,
  int32,
  int64,
  tableFromColumns,
  tableToIPC,
} from "@uwdata/flechette";
import type { SeriesArrowMetadata } from "../../api/types.ts";
import { toCsv } from "../../plugins/csv.ts";
import { toJson } from "../json.ts";
import type { SeriesColumns } from "./series-query.ts";

export const ARROW_TYPE = "application/vnd.apache.arrow.stream";

/** One Arrow table, rows grouped by run; its layout is described at `SeriesArrowMetadata`. */
export function toArrow(tag: string, answer: readonly SeriesColumns[]): Uint8Array {
  const total = answer.reduce((sum, { values }) => sum + values.length, 0);
  const wide = answer.some(({ steps }) => steps.some((step) => typeof step === "bigint"));
  const run = new Int32Array(total);
  const steps = wide ? new BigInt64Array(total) : new Float64Array(total);
  const walls = new Float64Array(total);
  const values = new Float32Array(total);
  const smoothed = answer.some((series) => series.smoothed) ? new Float32Array(total) : null;
  let at = 0;
  for (const [index, series] of answer.entries()) {
    const rows = series.values.length;
    run.fill(index, at, at + rows);
    walls.set(series.walls, at);
    values.set(series.values, at);
    if (series.smoothed) smoothed?.set(series.smoothed, at);
    for (const [i, step] of series.steps.entries()) {
      if (steps instanceof BigInt64Array) steps[at + i] = BigInt(step);
      else steps[at + i] = Number(step);
    }
    at += rows;
  }
  const columns: [string, Column<unknown>][] = [
    ["run", columnFromArray(run, int32())],
    ["step", columnFromArray(steps, wide ? int64() : float64())],
    ["wall_time", columnFromArray(walls, float64())],
    ["value", columnFromArray(values, float32())],
  ];
  if (smoothed) columns.push(["smoothed", columnFromArray(smoothed, float32())]);
  const table = tableFromColumns(columns);
  const metadata: SeriesArrowMetadata = {
    tag,
    series: answer.map(({ run: name, values: { length }, total: all, inRange, origin }) => ({
      run: name,
      rows: length,
      total: all,
      in_range: inRange,
      origin,
    })),
  };
  table.schema.metadata = new Map([["tsboard", JSON.stringify(metadata)]]);
  const bytes = tableToIPC(table, { format: "stream" });
  if (!bytes) throw new Error("the Arrow table could not be encoded");
  return bytes;
}

export function toSeriesJson(tag: string, answer: readonly SeriesColumns[]): string {
  return toJson({
    tag,
    series: answer.map(({ run, total, inRange, origin, steps, walls, values, smoothed }) => ({
      run,
      total,
      in_range: inRange,
      origin,
      step: steps,
      wall_time: [...walls],
      value: [...values],
      ...(smoothed && { smoothed: [...smoothed] }),
    })),
  });
}

/** CSV with a row per point: the compatible face's columns after the run's name. */
export function toSeriesCsv(answer: readonly SeriesColumns[]): string {
  const rows = answer.flatMap(({ run, steps, walls, values }) =>
    steps.map((step, i) => [run, { float: walls[i]! }, step, { float: values[i]! }]),
  );
  return toCsv(["Run", "Wall time", "Step", "Value"], rows);
}

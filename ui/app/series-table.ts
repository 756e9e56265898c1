/** Decodes the Arrow answer of `/api/v1/series` into typed arrays, one object a run. */
import { type Column, tableFromIPC } from "@uwdata/flechette";
import { decodeSeriesMetadata } from "./decode.ts";

/** A run's points of one tag as the server reduced them, ordered by step. */
export interface RunSeries {
  readonly run: string;
  /** Points in the whole series and in the range asked for, before reduction. */
  readonly total: number;
  readonly inRange: number;
  /** Wall time of the series' first point, seconds. */
  readonly origin: number;
  /** For drawing: steps past 2^53 are rounded here and exact in `exactStep`. */
  readonly step: Float64Array;
  readonly exactStep: BigInt64Array | null;
  readonly wallTime: Float64Array;
  readonly value: Float32Array;
  /** Null where no smoothing was asked for. */
  readonly smoothed: Float32Array | null;
}

export function decodeSeriesTable(bytes: Uint8Array): RunSeries[] {
  const table = tableFromIPC(bytes, { useBigInt: true });
  const text = table.schema.metadata?.get("tsboard");
  if (text === undefined) throw new TypeError("the server's series answer has no tsboard metadata");
  const { series } = decodeSeriesMetadata(JSON.parse(text));
  const steps = table.getChild("step").toArray();
  const exact = steps instanceof BigInt64Array ? steps : null;
  const step = exact ? Float64Array.from(exact, Number) : toFloat64(steps);
  const wallTime = toFloat64(table.getChild("wall_time").toArray());
  const value = toFloat32(table.getChild("value").toArray());
  const smoothedColumn: Column<unknown> | undefined = table.getChild("smoothed");
  const smoothed = smoothedColumn ? toFloat32(smoothedColumn.toArray()) : null;
  let start = 0;
  return series.map(({ run, rows, total, in_range, origin }) => {
    const end = start + rows;
    const part: RunSeries = {
      run,
      total,
      inRange: in_range,
      origin,
      step: step.subarray(start, end),
      exactStep: exact ? exact.subarray(start, end) : null,
      wallTime: wallTime.subarray(start, end),
      value: value.subarray(start, end),
      smoothed: smoothed ? smoothed.subarray(start, end) : null,
    };
    start = end;
    return part;
  });
}

function toFloat64(values: ArrayLike<unknown>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values, Number);
}

function toFloat32(values: ArrayLike<unknown>): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values, Number);
}

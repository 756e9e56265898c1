/** Decodes the Arrow answer of `/api/v1/series` into typed arrays, one object a run. */
import type { SeriesArrowMetadata } from "../server/api/types.ts";
import {
  decodeTable,
  float32Column,
  float64Column,
  hasColumn,
  metadataOf,
  stepColumn,
  stepsBetween,
} from "./arrow-columns.ts";
import { type Decoder, list, nullable, number, record, text } from "./decoder.ts";

/**
 * A run's points of one tag as the server reduced them, ordered by step.
 *
 * @example
 * const label = ({ run, inRange, total }: RunSeries) => `${run}: ${inRange} of ${total} points`;
 * const [slow] = await client.series({ tag: "loss", from: 50, to: 59, pixels: 1000 });
 * console.log(slow && label(slow)); // rate-0.1: 10 of 100 points
 */
export interface RunSeries {
  readonly run: string;
  /** Of points that restarts overtook: which of the run's branches. */
  readonly branch?: number;
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

type Part = SeriesArrowMetadata["series"][number];

const part: Decoder<Part> = (value, path) => {
  const { branch } = record({ branch: nullable(number) })(value, path);
  const rest = record<Omit<Part, "branch">>({
    run: text,
    rows: number,
    total: number,
    in_range: number,
    origin: number,
  })(value, path);
  return branch === null ? rest : { ...rest, branch };
};

const metadata = record<SeriesArrowMetadata>({ tag: text, series: list(part) });

export function decodeSeriesTable(bytes: Uint8Array): RunSeries[] {
  const table = decodeTable(bytes);
  const { series } = metadata(metadataOf(table), "series");
  const steps = stepColumn(table, "step");
  const wallTime = float64Column(table, "wall_time");
  const value = float32Column(table, "value");
  const smoothed = hasColumn(table, "smoothed") ? float32Column(table, "smoothed") : null;
  let start = 0;
  return series.map(({ run, branch, rows, total, in_range, origin }) => {
    const end = start + rows;
    const one: RunSeries = {
      run,
      ...(branch !== undefined && { branch }),
      total,
      inRange: in_range,
      origin,
      ...stepsBetween(steps, start, end),
      wallTime: wallTime.subarray(start, end),
      value: value.subarray(start, end),
      smoothed: smoothed ? smoothed.subarray(start, end) : null,
    };
    start = end;
    return one;
  });
}

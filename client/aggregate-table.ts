/** Decodes the Arrow answer of `/api/v1/aggregate` into typed arrays. */
import type { AggregateHead } from "../server/api/types.ts";
import { decodeTable, float64Column, int32Column, metadataOf, stepColumn } from "./arrow-columns.ts";
import { list, number, oneOf, record, text } from "./decoder.ts";

/**
 * What the runs' values of a tag come to, column by column.
 *
 * @example
 * const loss: Aggregate = await client.aggregate({ tag: "loss" });
 * console.log(loss.runs, loss.x.length, loss.count[99]); // rate-0.1,rate-0.2 100 2
 * console.log(loss.mean[0], loss.std[0], (loss.std[10] ?? 0) > 0); // 1 0 true
 */
export interface Aggregate extends AggregateHead {
  /** The step, or the middle of the bucket; steps past 2^53 are rounded here and exact in `exactX`. */
  readonly x: Float64Array;
  readonly exactX: BigInt64Array | null;
  /** Runs that have a number there, and those that have NaN and nothing else. */
  readonly count: Int32Array;
  readonly nans: Int32Array;
  readonly mean: Float64Array;
  /** Of the sample; NaN for fewer than two runs. */
  readonly std: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** In the order asked for. */
  readonly quantiles: readonly { readonly share: number; readonly value: Float64Array }[];
}

const head = record<AggregateHead>({
  tag: text,
  axis: oneOf("step", "wall_time", "relative"),
  match: oneOf("steps", "buckets"),
  runs: list(text),
  total: number,
});

const QUANTILE = /^q(?=\d)/;

export function decodeAggregateTable(bytes: Uint8Array): Aggregate {
  const table = decodeTable(bytes);
  const { step: x, exactStep: exactX } = stepColumn(table, "x");
  return {
    ...head(metadataOf(table), "aggregate"),
    x,
    exactX,
    count: int32Column(table, "count"),
    nans: int32Column(table, "nans"),
    mean: float64Column(table, "mean"),
    std: float64Column(table, "std"),
    min: float64Column(table, "min"),
    max: float64Column(table, "max"),
    quantiles: table.names
      .filter((name) => QUANTILE.test(name))
      .map((name) => ({ share: Number(name.replace(QUANTILE, "")), value: float64Column(table, name) })),
  };
}

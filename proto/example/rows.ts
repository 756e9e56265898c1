/**
 * What all specifications work on: one feature a row, where rows are the records of a batch or the steps of a
 * sequence; and the checks of a feature's kind.
 */
import { ExampleError } from "./error.ts";
import type { FeatureSpan } from "./scan.ts";
import type { ElementType, FeatureDtype } from "./values.ts";

/** A feature a row; undefined where it is missing. */
export type Rows = readonly (FeatureSpan | undefined)[];

/** A feature under a specification: its key and its rows. */
export interface Column {
  readonly key: string;
  readonly rows: Rows;
  readonly placeOf: (row: number) => Place;
}

/** Where a row is, for errors. */
export interface Place {
  /** What follows the feature's name, such as ` of record 3`; empty where there is nothing to tell apart. */
  readonly text: string;
  /** The record's place in its batch; undefined where there is no batch. */
  readonly index?: number;
}

/** The row's feature if it holds a list. Throws ExampleError when that is of another type. */
export function presentAt<Dtype extends FeatureDtype>(
  column: Column,
  row: number,
  type: ElementType<Dtype>,
): FeatureSpan | undefined {
  const feature = column.rows[row];
  if (feature === undefined || feature.kind === "none") return undefined;
  if (feature.kind === type.kind) return feature;
  throw mismatch(column, row, `holds ${LISTS[feature.kind]}, but ${type.dtype} is expected`);
}

const LISTS = { bytes: "bytes (string)", float: "floats (float32)", int64: "integers (int64)" } as const;

/** The error that a row's feature is not as expected. */
export function mismatch({ key, placeOf }: Column, row: number, what: string): ExampleError {
  const { text, index } = placeOf(row);
  return new ExampleError(`feature "${key}"${text} ${what}`, {
    feature: key,
    ...(index !== undefined && { index }),
  });
}

/** Values in each row, 0 where the feature is missing. Throws ExampleError for another type. */
export function rowLengths<Dtype extends FeatureDtype>(column: Column, type: ElementType<Dtype>): Int32Array {
  const lengths = new Int32Array(column.rows.length);
  for (let row = 0; row < lengths.length; row++) {
    const feature = presentAt(column, row, type);
    if (feature !== undefined) lengths[row] = type.count(feature);
  }
  return lengths;
}

/** The values of all rows, back to back. */
export function concatRows<Dtype extends FeatureDtype>(
  column: Column,
  type: ElementType<Dtype>,
  splits: Int32Array,
) {
  const values = type.allocate(splits.at(-1) ?? 0);
  for (const [row, feature] of column.rows.entries())
    if (feature !== undefined && feature.kind !== "none") type.copy(feature, values, splits[row]!);
  return values;
}

/** Offsets of rows of these lengths: one more than there are rows. */
export function splitsOf(lengths: Int32Array): Int32Array {
  const splits = new Int32Array(lengths.length + 1);
  for (let row = 0; row < lengths.length; row++) splits[row + 1] = splits[row]! + lengths[row]!;
  return splits;
}

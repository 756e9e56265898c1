/** What features become: dense, sparse and ragged tensors as plain data. */
import type { FeatureDtype, ValueArrays } from "./values.ts";

/** All values of a shape, row-major. */
export interface DenseTensor<Dtype extends FeatureDtype> {
  readonly kind: "dense";
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: ValueArrays[Dtype];
}

/** Values with the place of each. */
export interface SparseTensor<Dtype extends FeatureDtype> {
  readonly kind: "sparse";
  readonly dtype: Dtype;
  /** As many numbers a value as there are dimensions, one value after the other, in row-major order. */
  readonly indices: Int32Array;
  readonly values: ValueArrays[Dtype];
  /** The smallest shape that holds them all. */
  readonly denseShape: readonly number[];
}

/** Rows of different lengths, and rows of such rows. */
export interface RaggedTensor<Dtype extends FeatureDtype> {
  readonly kind: "ragged";
  readonly dtype: Dtype;
  /**
   * A list of offsets for every ragged dimension, the outermost first: row i is made of what stands from `splits[i]`
   * up to `splits[i + 1]` in the next list, or in the values. Empty: the values are one row.
   */
  readonly rowSplits: readonly Int32Array[];
  readonly values: ValueArrays[Dtype];
  /** Shape of what the last splits count; `[]` for single values. */
  readonly valueShape: readonly number[];
}

/** Nested arrays of any depth. */
export type Nested<Value> = Value | Nested<Value>[];

/** A ragged tensor as nested arrays of numbers, bigints or bytes: for a look, and for what needs no speed. */
export function toNested(ragged: RaggedTensor<FeatureDtype>): Nested<number | bigint | Uint8Array>[] {
  let rows: Nested<number | bigint | Uint8Array>[] = Array.from<number | bigint | Uint8Array>(ragged.values);
  for (const size of ragged.valueShape.toReversed()) rows = inRows(rows, uniformSplits(rows.length, size));
  for (const splits of ragged.rowSplits.toReversed()) rows = inRows(rows, splits);
  return rows;
}

function inRows<Value>(items: readonly Value[], splits: Int32Array): Value[][] {
  return Array.from({ length: splits.length - 1 }, (_, row) => items.slice(splits[row], splits[row + 1]));
}

/** Splits of `count` things in rows of `length`. */
export function uniformSplits(count: number, length: number): Int32Array {
  return Int32Array.from({ length: count / length + 1 }, (_, row) => row * length);
}

/** What features become: dense, sparse and ragged tensors as plain data. */
import type { FeatureDtype, ValueArrays } from "./values.ts";

/**
 * All values of a shape, row-major.
 *
 * @example
 * const row = ({ data, shape: [, width = 1] }: DenseTensor<"float32">, i: number) =>
 *   data.subarray(i * width, (i + 1) * width);
 * const records = [[1, 2], [3, 4]].map((x) => encodeExample({ x: floatFeature(x) }));
 * const { x } = parseExampleBatch(records, { x: fixedLenFeature([2], "float32") });
 * console.log(row(x, 1).join()); // 3,4
 */
export interface DenseTensor<Dtype extends FeatureDtype> {
  readonly kind: "dense";
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: ValueArrays[Dtype];
}

/**
 * Values with the place of each.
 *
 * @example
 * const places = ({ indices, denseShape: { length } }: SparseTensor<"int64">) =>
 *   Array.from({ length: indices.length / length }, (_, i) => indices.slice(i * length, (i + 1) * length));
 * const records = [[7], [], [8, 9]].map((x) => encodeExample({ x: int64Feature(x) }));
 * const { x } = parseExampleBatch(records, { x: varLenFeature("int64") });
 * console.log(places(x).join(" | ")); // 0,0 | 2,0 | 2,1
 */
export interface SparseTensor<Dtype extends FeatureDtype> {
  readonly kind: "sparse";
  readonly dtype: Dtype;
  /** As many numbers a value as there are dimensions, one value after the other, in row-major order. */
  readonly indices: Int32Array;
  readonly values: ValueArrays[Dtype];
  /** The smallest shape that holds them all. */
  readonly denseShape: readonly number[];
}

/**
 * Rows of different lengths, and rows of such rows.
 *
 * @example
 * const rows = ({ rowSplits: [splits], values }: RaggedTensor<"float32">) =>
 *   Array.from(splits!.subarray(1), (end, i) => values.subarray(splits![i], end));
 * const records = [[1, 2], [], [3]].map((x) => encodeExample({ x: floatFeature(x) }));
 * const { x } = parseExampleBatch(records, { x: raggedFeature("float32") });
 * console.log(rows(x).map(({ length }) => length).join()); // 2,0,1
 */
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

/**
 * Nested arrays of any depth.
 *
 * @example
 * const flat = <Value>(rows: Nested<Value>): Value[] => (Array.isArray(rows) ? rows.flatMap(flat<Value>) : [rows]);
 * console.log(flat<number>([[1, 2], [], [[3]]]).join()); // 1,2,3
 */
export type Nested<Value> = Value | Nested<Value>[];

/**
 * A ragged tensor as nested arrays of numbers, bigints or bytes: for a look, and for what needs no speed.
 *
 * @example
 * const records = [[1, 2], [], [3]].map((x) => encodeExample({ x: floatFeature(x) }));
 * const { x } = parseExampleBatch(records, { x: raggedFeature("float32") });
 * console.log(JSON.stringify(toNested(x))); // [[1,2],[],[3]]
 */
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

/**
 * What a feature is expected to hold and what it becomes, as `tf.io` has it: fixed, variable and ragged lengths, and
 * sequences of a fixed shape.
 */
import type { FeatureDtype } from "./values.ts";

/** Values that stand in where a feature is missing. */
export type DefaultValue<Dtype extends FeatureDtype> = Dtype extends "float32"
  ? number | readonly number[] | Float32Array
  : Dtype extends "int64"
    ? number | bigint | readonly (number | bigint)[] | BigInt64Array
    : string | Uint8Array | readonly (string | Uint8Array)[];

/** `tf.io.FixedLenFeature`: exactly the values of a shape, a {@link DenseTensor}. */
export interface FixedLenFeature<Dtype extends FeatureDtype> {
  readonly kind: "fixedLen";
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly defaultValue: DefaultValue<Dtype> | undefined;
}

/** `tf.io.VarLenFeature`: any number of values, a {@link SparseTensor}. */
export interface VarLenFeature<Dtype extends FeatureDtype> {
  readonly kind: "varLen";
  readonly dtype: Dtype;
}

/** `tf.io.RaggedFeature`: any number of values, cut into rows by other features, a {@link RaggedTensor}. */
export interface RaggedFeature<Dtype extends FeatureDtype> {
  readonly kind: "ragged";
  readonly dtype: Dtype;
  readonly valueKey: string | undefined;
  readonly partitions: readonly Partition[];
}

/** `tf.io.FixedLenSequenceFeature`: any number of steps of a shape, a {@link DenseTensor}. */
export interface FixedLenSequenceFeature<Dtype extends FeatureDtype> {
  readonly kind: "fixedLenSequence";
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly allowMissing: boolean;
  readonly defaultValue: DefaultValue<Dtype> | undefined;
}

/**
 * How a ragged feature's values are cut into rows: by the integers of the feature `key` (where rows start or end,
 * how long they are, or each value's row), or into rows of one length.
 */
export type Partition =
  | {
      readonly by: "rowSplits" | "rowLengths" | "rowStarts" | "rowLimits" | "valueRowIds";
      readonly key: string;
    }
  | { readonly by: "uniformRowLength"; readonly length: number };

/** What a feature of an Example, or of a sequence's context, may be read as. */
export type FeatureSpec =
  | FixedLenFeature<FeatureDtype>
  | VarLenFeature<FeatureDtype>
  | RaggedFeature<FeatureDtype>
  | FixedLenSequenceFeature<FeatureDtype>;

/** What a feature list of a SequenceExample may be read as. */
export type SequenceFeatureSpec = Exclude<FeatureSpec, { readonly kind: "fixedLen" }>;

/**
 * A feature with exactly as many values as `shape` holds; `[]` for one.
 *
 * @param options `defaultValue`: all values where the feature is missing. Default: it must be there.
 * @throws RangeError when the shape is none, or the default does not have its number of values
 */
export function fixedLenFeature<Dtype extends FeatureDtype>(
  shape: readonly number[],
  dtype: Dtype,
  options: { readonly defaultValue?: DefaultValue<Dtype> } = {},
): FixedLenFeature<Dtype> {
  const { defaultValue } = options;
  const count = countOf(shape);
  if (defaultValue !== undefined && lengthOf(defaultValue) !== count)
    throw new RangeError(
      `shape [${shape.join(", ")}] holds ${count} values, the default has ${lengthOf(defaultValue)}`,
    );
  return { kind: "fixedLen", shape, dtype, defaultValue };
}

/** A feature with any number of values; none where it is missing. */
export function varLenFeature<Dtype extends FeatureDtype>(dtype: Dtype): VarLenFeature<Dtype> {
  return { kind: "varLen", dtype };
}

/**
 * A feature with any number of values, none where it is missing, cut into rows.
 *
 * @param options `valueKey`: the feature that has the values, default the specification's own key; `partitions`: from
 *   the outermost to the innermost, default none: a record is one row.
 * @throws RangeError when a row length is not an integer of 1 or more
 */
export function raggedFeature<Dtype extends FeatureDtype>(
  dtype: Dtype,
  options: { readonly valueKey?: string; readonly partitions?: readonly Partition[] } = {},
): RaggedFeature<Dtype> {
  const { valueKey, partitions = [] } = options;
  for (const partition of partitions) {
    if (partition.by !== "uniformRowLength") continue;
    if (!Number.isSafeInteger(partition.length) || partition.length < 1)
      throw new RangeError(`a uniform row length is an integer of 1 or more, not ${partition.length}`);
  }
  return { kind: "ragged", dtype, valueKey, partitions };
}

/**
 * Any number of steps, each of `shape`: in an Example all in one feature, in a SequenceExample a feature a step.
 *
 * @param options `allowMissing`: a feature or list that is not there has no steps; default false: an error.
 *   `defaultValue`: one value that fills up the shorter sequences of a batch; default 0 or an empty string.
 * @throws RangeError when the shape is none or holds nothing, or the default is not one value
 */
export function fixedLenSequenceFeature<Dtype extends FeatureDtype>(
  shape: readonly number[],
  dtype: Dtype,
  options: { readonly allowMissing?: boolean; readonly defaultValue?: DefaultValue<Dtype> } = {},
): FixedLenSequenceFeature<Dtype> {
  const { allowMissing = false, defaultValue } = options;
  if (countOf(shape) === 0) throw new RangeError(`steps of shape [${shape.join(", ")}] hold nothing`);
  if (defaultValue !== undefined && lengthOf(defaultValue) !== 1)
    throw new RangeError(`the default that fills up sequences is one value, not ${lengthOf(defaultValue)}`);
  return { kind: "fixedLenSequence", shape, dtype, allowMissing, defaultValue };
}

/** Values that a shape holds. Throws RangeError when it is none. */
export function countOf(shape: readonly number[]): number {
  for (const size of shape)
    if (!Number.isSafeInteger(size) || size < 0)
      throw new RangeError(`shape [${shape.join(", ")}] has a dimension that is not an integer of 0 or more`);
  return shape.reduce((a, b) => a * b, 1);
}

function lengthOf(value: DefaultValue<FeatureDtype>): number {
  const single = typeof value !== "object" || value instanceof Uint8Array;
  return single ? 1 : value.length;
}

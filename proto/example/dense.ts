/** Features of a fixed number of values, and sequences of them, as dense tensors. */
import { type DefaultValue, toValues } from "./defaults.ts";
import { type Column, mismatch, presentAt, rowLengths } from "./rows.ts";
import { countOf, type FixedLenFeature, type FixedLenSequenceFeature } from "./specs.ts";
import type { DenseTensor } from "./tensors.ts";
import { ELEMENT_TYPES, type ElementType, type FeatureDtype, type ValueArrays } from "./values.ts";

/**
 * Rows of `spec.shape`, as [rows, …shape].
 *
 * @throws ExampleError when a row without default is missing, or has another type or number of values
 */
export function fixedLenRows<Dtype extends FeatureDtype>(
  column: Column,
  spec: FixedLenFeature<Dtype>,
): DenseTensor<Dtype> {
  const type: ElementType<Dtype> = ELEMENT_TYPES[spec.dtype];
  const count = countOf(spec.shape);
  const data = type.allocate(column.rows.length * count);
  for (let row = 0; row < column.rows.length; row++) {
    const feature = presentAt(column, row, type);
    if (feature === undefined) putDefault(column, row, spec, data, row * count);
    else {
      const found = type.count(feature);
      if (found !== count) throw mismatch(column, row, wrongCount(found, count, spec.shape));
      type.copy(feature, data, row * count);
    }
  }
  return { kind: "dense", dtype: spec.dtype, shape: [column.rows.length, ...spec.shape], data };
}

/**
 * Rows of any number of steps of `spec.shape`, as [rows, steps of the longest, …shape], the others filled up.
 *
 * @throws ExampleError when a row is missing that must not be, has another type, or does not end at a whole step
 */
export function fixedLenSequenceRows<Dtype extends FeatureDtype>(
  column: Column,
  spec: FixedLenSequenceFeature<Dtype>,
): DenseTensor<Dtype> {
  const type: ElementType<Dtype> = ELEMENT_TYPES[spec.dtype];
  const count = countOf(spec.shape);
  if (!spec.allowMissing) checkPresence(column, type);
  const lengths = rowLengths(column, type);
  for (const [row, length] of lengths.entries())
    if (length % count !== 0) {
      const what = `has ${length} values, which is no multiple of the ${count} that shape [${spec.shape.join(", ")}] holds`;
      throw mismatch(column, row, what);
    }
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const data = padded(type, lengths.length * longest, spec.defaultValue);
  for (const [row, feature] of column.rows.entries())
    if (lengths[row]! > 0) type.copy(feature!, data, row * longest);
  return {
    kind: "dense",
    dtype: spec.dtype,
    shape: [lengths.length, longest / count, ...spec.shape],
    data,
  };
}

/**
 * Sequences' steps as [sequences, steps of the longest, …shape], the others filled up; from [steps of all, …shape].
 *
 * @param splits where each sequence's steps start and end
 */
export function stackDense<Dtype extends FeatureDtype>(
  steps: DenseTensor<Dtype>,
  splits: Int32Array,
  { dtype, shape, defaultValue }: FixedLenSequenceFeature<Dtype>,
): DenseTensor<Dtype> {
  const count = countOf(shape);
  const sequences = splits.length - 1;
  let longest = 0;
  for (let i = 0; i < sequences; i++) longest = Math.max(longest, splits[i + 1]! - splits[i]!);
  const data = padded(ELEMENT_TYPES[dtype], sequences * longest * count, defaultValue);
  for (let i = 0; i < sequences; i++) {
    const offset = i * longest * count - splits[i]! * count;
    for (let at = splits[i]! * count; at < splits[i + 1]! * count; at++) data[offset + at] = steps.data[at]!;
  }
  return { kind: "dense", dtype, shape: [sequences, longest, ...shape], data };
}

/** `length` values of the default that fills up sequences. */
function padded<Dtype extends FeatureDtype>(
  type: ElementType<Dtype>,
  length: number,
  defaultValue: DefaultValue<Dtype> | undefined,
): ValueArrays[Dtype] {
  const data = type.allocate(length);
  if (defaultValue === undefined) return data;
  const [value] = toValues(type.dtype, defaultValue);
  if (value !== undefined) for (let i = 0; i < length; i++) data[i] = value;
  return data;
}

function checkPresence(column: Column, type: ElementType<FeatureDtype>): void {
  for (let row = 0; row < column.rows.length; row++)
    if (presentAt(column, row, type) === undefined)
      throw mismatch(column, row, `(${type.dtype}) is required, but missing; set its allowMissing?`);
}

function putDefault<Dtype extends FeatureDtype>(
  column: Column,
  row: number,
  { dtype, defaultValue }: FixedLenFeature<Dtype>,
  data: ValueArrays[Dtype],
  offset: number,
): void {
  if (defaultValue === undefined)
    throw mismatch(
      column,
      row,
      `(${dtype}) is required, but missing; give its specification a default value?`,
    );
  for (const [i, value] of toValues(dtype, defaultValue).entries()) data[offset + i] = value;
}

function wrongCount(found: number, count: number, shape: readonly number[]): string {
  const expected = shape.length === 0 ? "one is expected" : `shape [${shape.join(", ")}] holds ${count}`;
  return `has ${found} values, but ${expected}`;
}

/** Features of any number of values as sparse tensors: as `tf.io.VarLenFeature` has them. */
import { type Column, concatRows, rowLengths, splitsOf } from "./rows.ts";
import type { SparseTensor } from "./tensors.ts";
import { ELEMENT_TYPES, type ElementType, type FeatureDtype } from "./values.ts";

/** Rows of any length, as [rows, longest]. Throws ExampleError for a row of another type. */
export function varLenRows<Dtype extends FeatureDtype>(column: Column, dtype: Dtype): SparseTensor<Dtype> {
  const type: ElementType<Dtype> = ELEMENT_TYPES[dtype];
  const splits = splitsOf(rowLengths(column, type));
  const values = concatRows(column, type, splits);
  const rows = column.rows.length;
  const indices = new Int32Array(2 * values.length);
  let longest = 0;
  for (let row = 0; row < rows; row++) {
    const start = splits[row]!;
    const end = splits[row + 1]!;
    longest = Math.max(longest, end - start);
    for (let i = start; i < end; i++) {
      indices[2 * i] = row;
      indices[2 * i + 1] = i - start;
    }
  }
  return { kind: "sparse", dtype, indices, values, denseShape: [rows, longest] };
}

/** The only row of a tensor of one row, without that dimension. */
export function onlySparseRow<Dtype extends FeatureDtype>(tensor: SparseTensor<Dtype>): SparseTensor<Dtype> {
  const indices = tensor.indices.filter((_, i) => i % 2 === 1);
  return { ...tensor, indices, denseShape: tensor.denseShape.slice(1) };
}

/**
 * Sequences' steps as one tensor [sequences, longest sequence, longest step], from [steps of all, longest step].
 *
 * @param splits where each sequence's steps start and end
 */
export function stackSparse<Dtype extends FeatureDtype>(
  steps: SparseTensor<Dtype>,
  splits: Int32Array,
): SparseTensor<Dtype> {
  const sequences = splits.length - 1;
  const sequenceOf = new Int32Array(splits.at(-1) ?? 0);
  let longest = 0;
  for (let i = 0; i < sequences; i++) {
    sequenceOf.fill(i, splits[i], splits[i + 1]);
    longest = Math.max(longest, splits[i + 1]! - splits[i]!);
  }
  const indices = new Int32Array((steps.indices.length / 2) * 3);
  for (let i = 0, out = 0; i < steps.indices.length; i += 2, out += 3) {
    const step = steps.indices[i]!;
    const sequence = sequenceOf[step]!;
    indices[out] = sequence;
    indices[out + 1] = step - splits[sequence]!;
    indices[out + 2] = steps.indices[i + 1]!;
  }
  return { ...steps, indices, denseShape: [sequences, longest, steps.denseShape[1] ?? 0] };
}

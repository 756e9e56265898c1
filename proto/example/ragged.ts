/** Features of any number of values, cut into rows by others, as ragged tensors: as `tf.io.RaggedFeature` has them. */
import { type KeyedPartition, rowEnds } from "./partitions.ts";
import { type Column, concatRows, mismatch, presentAt, type Rows, rowLengths, splitsOf } from "./rows.ts";
import type { Partition, RaggedFeature } from "./specs.ts";
import { type RaggedTensor, uniformSplits } from "./tensors.ts";
import { ELEMENT_TYPES, type ElementType, type FeatureDtype, valuesOf } from "./values.ts";

/**
 * Rows of any length, as [rows, …partitions].
 *
 * @param column the rows of the values' feature
 * @param rowsOf the rows of a partition's feature
 * @throws ExampleError when a row has another type, or a partition does not cut exactly its values
 */
export function raggedRows<Dtype extends FeatureDtype>(
  column: Column,
  { dtype, partitions }: RaggedFeature<Dtype>,
  rowsOf: (key: string) => Rows,
): RaggedTensor<Dtype> {
  const type: ElementType<Dtype> = ELEMENT_TYPES[dtype];
  const splits = splitsOf(rowLengths(column, type));
  const values = concatRows(column, type, splits);
  let cut: Cut = { rowSplits: [splits], valueShape: [] };
  for (const partition of partitions.toReversed()) cut = refine(column, cut, partition, rowsOf);
  return { kind: "ragged", dtype, values, ...cut };
}

/** The only row of a tensor of one row, without that dimension. */
export function onlyRaggedRow<Dtype extends FeatureDtype>(tensor: RaggedTensor<Dtype>): RaggedTensor<Dtype> {
  return { ...tensor, rowSplits: tensor.rowSplits.slice(1) };
}

/** How values are cut so far; the first splits are those of the records. */
type Cut = Pick<RaggedTensor<FeatureDtype>, "rowSplits" | "valueShape">;

/** Puts one more level between the records and what they are made of. */
function refine(column: Column, cut: Cut, partition: Partition, rowsOf: (key: string) => Rows): Cut {
  if (partition.by === "uniformRowLength") return refineUniformly(column, cut, partition.length);
  const items = cut.rowSplits[0]!;
  const partitionColumn = { ...column, key: partition.key, rows: rowsOf(partition.key) };
  const records = new Int32Array(items.length);
  const inner = [0];
  for (let row = 0; row + 1 < items.length; row++) {
    const start = items[row]!;
    for (const end of endsOf(partitionColumn, row, partition, items[row + 1]! - start))
      inner.push(start + end);
    records[row + 1] = inner.length - 1;
  }
  return { ...cut, rowSplits: [records, Int32Array.from(inner), ...cut.rowSplits.slice(1)] };
}

function endsOf(column: Column, row: number, partition: KeyedPartition, count: number): number[] {
  const feature = presentAt(column, row, ELEMENT_TYPES.int64);
  const integers = feature === undefined ? [] : Array.from(valuesOf(ELEMENT_TYPES.int64, feature), Number);
  try {
    return rowEnds(partition, integers, count);
  } catch (error) {
    throw mismatch(
      column,
      row,
      `does not fit as ${partition.by}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Rows of one length are a dimension of the values where nothing below is ragged, as TensorFlow has it. */
function refineUniformly(column: Column, { rowSplits, valueShape }: Cut, length: number): Cut {
  const items = rowSplits[0]!;
  for (let row = 0; row + 1 < items.length; row++) {
    const count = items[row + 1]! - items[row]!;
    if (count % length !== 0)
      throw mismatch(
        column,
        row,
        `has ${count} values or rows, which is no multiple of the row length ${length}`,
      );
  }
  const records = items.map((split) => split / length);
  if (rowSplits.length === 1) return { rowSplits: [records], valueShape: [length, ...valueShape] };
  return { rowSplits: [records, uniformSplits(items.at(-1)!, length), ...rowSplits.slice(1)], valueShape };
}

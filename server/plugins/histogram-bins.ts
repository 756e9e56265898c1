/** Rows of a histogram tensor. */
import { DataType, type TensorValue } from "../../proto/index.ts";

/** [left edge, right edge, count] of each bucket of a tensor of shape [buckets, 3]; null for tensors of other shapes. */
export function histogramBins({ dtype, shape, data }: TensorValue): [number, number, number][] | null {
  const [buckets, columns] = shape;
  if (dtype === DataType.DT_STRING) return null;
  // No bucket at all: whatever its other dimension, there is nothing that would not fit.
  if (buckets === 0) return [];
  if (buckets === undefined || shape.length !== 2 || columns === undefined || columns < 3) return null;
  return Array.from({ length: buckets }, (_, i) => [
    Number(data[i * columns]),
    Number(data[i * columns + 1]),
    Number(data[i * columns + 2]),
  ]);
}

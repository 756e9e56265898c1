/** Rows of a histogram tensor. */
import type { TensorValue } from "../../proto/index.ts";

/** [left edge, right edge, count] of each bucket of a tensor of shape [buckets, 3]; empty for any other shape. */
export function histogramBins({ shape, data }: TensorValue): [number, number, number][] {
  if (shape.length !== 2 || shape[1] !== 3) return [];
  return Array.from({ length: shape[0]! }, (_, i) => [
    Number(data[i * 3]),
    Number(data[i * 3 + 1]),
    Number(data[i * 3 + 2]),
  ]);
}

/**
 * A weight as images, by the rules of Keras's TensorBoard callback (keras/src/callbacks/tensorboard.py,
 * `_log_weight_as_image`): dimensions of 1 are dropped first, and then
 *
 * - a vector is one column of pixels, and a matrix one image, on its side if it is higher than wide;
 * - a kernel [height, width, filters] is an image a filter;
 * - [count, height, width, channels] is that many images where there are 3 or 4 channels;
 * - anything else is none.
 */
import type { NumericArray } from "../../proto/tensor.ts";

export interface WeightImages {
  /** Black is 0 and white 1; what lies outside is cut off. */
  readonly pixels: Float32Array;
  readonly shape: readonly [count: number, height: number, width: number, channels: number];
}

/** Undefined where the weight is not shown. */
export function weightImages(
  values: NumericArray,
  shape: readonly (number | null)[],
): WeightImages | undefined {
  const sizes = shape.filter((size) => size !== null && size !== 1).map(Number);
  const [a = 1, b = 1, c = 1, d = 1] = sizes;
  const pixels = Float32Array.from(values, Number);
  switch (sizes.length) {
    case 1:
      return { pixels, shape: [1, a, 1, 1] };
    case 2:
      if (a <= b) return { pixels, shape: [1, a, b, 1] };
      return { pixels: transposed(pixels, a, b), shape: [1, b, a, 1] };
    case 3:
      // [height x width, filters] to [filters, height x width].
      return { pixels: transposed(pixels, a * b, c), shape: [c, a, b, 1] };
    case 4:
      return d === 3 || d === 4 ? { pixels, shape: [a, b, c, d] } : undefined;
    default:
      return undefined;
  }
}

/** A matrix of `rows` x `columns` with its columns as rows. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * columns + column]!;
  return result;
}

/** Slices: the parts that a variable was cut into, and how they are put together again. */
import type { pb } from "../codec.ts";
import { toNumber } from "../int64.ts";

export interface Extent {
  readonly start: number;
  /** Undefined: the whole dimension. */
  readonly length: number | undefined;
}

/** A box of a tensor: an extent a dimension. */
export interface TensorSlice {
  readonly extents: readonly Extent[];
}

export function decodeSlice({ extent }: pb.TensorSliceProto.$Properties): TensorSlice {
  return {
    extents: (extent ?? []).map(({ start, length }) => ({
      start: toNumber(start),
      length: length === null || length === undefined ? undefined : toNumber(length),
    })),
  };
}

/**
 * Shape of a slice of a tensor of the given shape.
 *
 * @throws RangeError when it is no part of the tensor
 */
export function sliceShape({ extents }: TensorSlice, shape: readonly number[]): number[] {
  if (extents.length !== shape.length)
    throw new RangeError(`a slice of ${extents.length} dimensions in a tensor of ${shape.length}`);
  return extents.map(({ start, length }, d) => {
    const size = length ?? shape[d]!;
    if (start < 0 || size < 0 || start + size > shape[d]!)
      throw new RangeError(`a slice from ${start} on, ${size} long, in a dimension of ${shape[d]}`);
    return size;
  });
}

/**
 * Puts a slice's elements at their places in the whole tensor, both row-major.
 *
 * @param each bytes an element
 */
export function placeSlice(
  whole: Uint8Array,
  shape: readonly number[],
  slice: TensorSlice,
  part: Uint8Array,
  each: number,
): void {
  const sizes = sliceShape(slice, shape);
  const row = (sizes.at(-1) ?? 1) * each;
  if (row === 0) return;
  const starts = slice.extents.map(({ start }) => start);
  const at = sizes.map(() => 0);
  for (let from = 0; from < part.length; from += row) {
    let index = 0;
    for (const [d, size] of shape.entries()) index = index * size + starts[d]! + at[d]!;
    whole.set(part.subarray(from, from + row), index * each);
    advance(at, sizes);
  }
}

/** To the next row: counts all dimensions but the last. */
function advance(at: number[], sizes: readonly number[]): void {
  for (let d = sizes.length - 2; d >= 0; d--) {
    at[d]!++;
    if (at[d]! < sizes[d]!) return;
    at[d] = 0;
  }
}

/** Shapes of a graph's tensors, of which parts are known only when it runs. */
import type { pb } from "../../proto/codec.ts";
import { toWire } from "../../proto/int64.ts";
import { ShapeError } from "../errors.ts";

/**
 * Sizes of the dimensions: null where one is unknown; null for all where even their number is.
 *
 * @example
 * const shape: v1.PartialShape = [null, 784];
 * console.log(v1.placeholder("float32", shape).shape?.length, v1.placeholder("float32").shape); // 2 null
 */
export type PartialShape = readonly (number | null)[] | null;

/** Throws {@link ShapeError} unless every size is unknown or an integer of 0 or more. */
export function checkPartialShape(shape: PartialShape): PartialShape {
  for (const size of shape ?? [])
    if (size !== null && (!Number.isSafeInteger(size) || size < 0))
      throw new ShapeError(
        `a dimension is an integer of 0 or more, or null: shape ${describeShape(shape)} has none`,
      );
  return shape;
}

export function isFullyKnown(shape: PartialShape): shape is readonly number[] {
  return shape?.every((size) => size !== null) ?? false;
}

/** As TensorFlow prints it: `(?, 784)`. */
export function describeShape(shape: PartialShape): string {
  return shape === null ? "<unknown>" : `(${shape.map((size) => size ?? "?").join(", ")})`;
}

/** Whether one tensor can have both shapes. */
export function areCompatible(a: PartialShape, b: PartialShape): boolean {
  if (a === null || b === null) return true;
  return a.length === b.length && a.every((size, i) => size === null || b[i] === null || size === b[i]);
}

/** All that is known of a tensor that has both shapes. Throws {@link ShapeError} when none can. */
export function mergeShapes(a: PartialShape, b: PartialShape): PartialShape {
  if (!areCompatible(a, b))
    throw new ShapeError(`shapes ${describeShape(a)} and ${describeShape(b)} are not compatible`);
  if (a === null || b === null) return a ?? b;
  return a.map((size, i) => size ?? b[i] ?? null);
}

/** The shape of an elementwise operation on both. Throws {@link ShapeError} when they do not broadcast. */
export function broadcastShapes(a: PartialShape, b: PartialShape): PartialShape {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i];
    const y = b[b.length - rank + i];
    if (x === undefined || y === undefined) return x ?? y ?? null;
    if (x === 1 || y === 1) return x === 1 ? y : x;
    if (x !== null && y !== null && x !== y)
      throw new ShapeError(
        `shapes ${describeShape(a)} and ${describeShape(b)} do not broadcast: ${x} against ${y}`,
      );
    return x ?? y;
  });
}

/** The number of elements; null where it is not known. */
export function elementCount(shape: PartialShape): number | null {
  return isFullyKnown(shape) ? shape.reduce((a, b) => a * b, 1) : null;
}

/** On the wire an unknown size is -1. */
export function encodePartialShape(shape: PartialShape): pb.TensorShapeProto.$Properties {
  return shape === null
    ? { unknownRank: true }
    : { dim: shape.map((size) => ({ size: toWire(size ?? -1) })) };
}

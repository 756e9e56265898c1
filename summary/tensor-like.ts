/**
 * Numbers as training code has them: plain arrays, typed arrays, or tensors known by the shape of their
 * interface, so that no tensor library is needed here.
 */
import type { NumericArray } from "../proto/tensor.ts";
import { describe } from "./checks.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { flatten, isNested, type NestedNumbers } from "./nested.ts";

/**
 * What is used of a tensor; TensorFlow.js's has it.
 *
 * @example
 * const tensor: TensorLike = { shape: [2], dtype: "float32", dataSync: () => Float32Array.of(1, 2) };
 * writer.histogram("weights", tensor, { step: 0 });
 */
export interface TensorLike {
  readonly shape: readonly number[];
  /** The element type's name, such as `float32`, `int32`, `bool` or `string`. */
  readonly dtype: string;
  /** All elements, row-major. */
  dataSync(): NumericArray | Uint8ClampedArray | readonly string[];
}

/**
 * Numbers of any shape: plain and nested arrays, typed arrays, tensors.
 *
 * @example
 * const numbers: Numbers = [0.1, 0.2];
 * writer.histogram("weights", numbers, { step: 0 });
 */
export type Numbers = NestedNumbers | NumericArray | Uint8ClampedArray | TensorLike;

export function isTensorLike(value: unknown): value is TensorLike {
  return (
    typeof value === "object" &&
    value !== null &&
    "dataSync" in value &&
    typeof value.dataSync === "function" &&
    "shape" in value &&
    Array.isArray(value.shape)
  );
}

/** All elements of `values` as doubles; not a copy if they are that already. Throws {@link ValueError}. */
export function toDoubles(values: Numbers): Float64Array {
  const data = isTensorLike(values) ? values.dataSync() : values;
  if (data instanceof Float64Array) return data;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  if (isNumericArray(data)) return new Float64Array(data);
  if (!Array.isArray(data)) throw new ValueError(`numbers expected, not ${describe(data)}`);
  return flatten(data).data;
}

/** A tensor's elements, with its shape. */
export function opened(tensor: TensorLike): {
  data: ReturnType<TensorLike["dataSync"]>;
  shape: readonly number[];
} {
  return { data: tensor.dataSync(), shape: tensor.shape };
}

/** The shape that numbers have by themselves: a tensor's, a nested array's; undefined for a typed array. */
export function ownShape(values: Numbers): readonly number[] | undefined {
  if (isTensorLike(values)) return values.shape;
  return isNested(values) ? flatten(values).shape : undefined;
}

function isNumericArray(data: unknown): data is Exclude<NumericArray, BigInt64Array | BigUint64Array> {
  return ArrayBuffer.isView(data) && !(data instanceof DataView);
}

/** Elements that `shape` holds. Throws {@link ShapeError} when it is no shape, or does not hold `length`. */
export function checkShape(shape: readonly number[], length: number): void {
  const said = `[${shape.join(", ")}]`;
  for (const size of shape)
    if (!Number.isSafeInteger(size) || size < 0)
      throw new ShapeError(`shape ${said} has a dimension that is not an integer of 0 or more`);
  const count = shape.reduce((a, b) => a * b, 1);
  if (count !== length) throw new ShapeError(`shape ${said} holds ${count} values, but ${length} are given`);
}

/** The one number of a tensor without dimensions. Throws {@link ShapeError} or {@link ValueError}. */
export function toNumber(value: TensorLike): number {
  if (value.shape.length > 0)
    throw new ShapeError(`a scalar has no dimensions, but the tensor's shape is [${value.shape.join(", ")}]`);
  const element: unknown = value.dataSync()[0];
  if (typeof element !== "number") throw new ValueError(`a scalar is a number, not ${describe(element)}`);
  return element;
}

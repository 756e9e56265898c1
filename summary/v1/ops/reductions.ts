/** One number of many: sums, means and products over dimensions, and where the greatest stands. */
import { ShapeError } from "../../errors.ts";
import { attr } from "../../graph/attrs.ts";
import type { PartialShape } from "../../graph/shape.ts";
import { type TensorInput, toTensor } from "../constant.ts";
import { apply } from "../op.ts";
import { Tensor } from "../operation.ts";
import { integers, type Named } from "./array.ts";

/**
 * Over which dimensions elements are put together.
 *
 * @example
 * const options: v1.ReductionOptions = { axis: 0, keepDims: true };
 * console.log(v1.reduceSum([[1, 2], [3, 4]], options).shape); // 1,2
 */
export interface ReductionOptions extends Named {
  /** Which dimensions, from the end if negative; or a tensor of them. Default: all. */
  readonly axis?: number | readonly number[] | Tensor | undefined;
  /** Whether these stay, with size 1. Default false. */
  readonly keepDims?: boolean | undefined;
}

/**
 * The mean over dimensions.
 *
 * @throws ShapeError when their number is unknown and none is named
 * @example console.log(v1.reduceMean([1, 2, 6]).eval()); // 3
 */
export function reduceMean(input: TensorInput, options: ReductionOptions = {}): Tensor {
  return reduce("Mean", input, options);
}

/**
 * The sum over dimensions.
 *
 * @throws ShapeError when their number is unknown and none is named
 * @example console.log(v1.reduceSum([[1, 2], [3, 4]]).eval()); // 10
 */
export function reduceSum(input: TensorInput, options: ReductionOptions = {}): Tensor {
  return reduce("Sum", input, options);
}

/**
 * The product over dimensions.
 *
 * @throws ShapeError when their number is unknown and none is named
 * @example console.log(v1.reduceProd([[1, 2], [3, 4]], { axis: 1 }).shape); // 2
 */
export function reduceProd(input: TensorInput, options: ReductionOptions = {}): Tensor {
  return reduce("Prod", input, options);
}

/**
 * The greatest over dimensions.
 *
 * @throws ShapeError when their number is unknown and none is named
 * @example console.log(v1.reduceMax([[1, 2], [3, 4]], { axis: -1 }).shape); // 2
 */
export function reduceMax(input: TensorInput, options: ReductionOptions = {}): Tensor {
  return reduce("Max", input, options);
}

/**
 * Where along a dimension the greatest element stands, as int64.
 *
 * @param axis default 0
 * @example
 * const labels = v1.argMax([[0, 1, 0], [1, 0, 0]], 1);
 * console.log(labels.dtype, labels.eval()); // int64 1,0
 */
export function argMax(input: TensorInput, axis = 0, options: Named = {}): Tensor {
  const inputs = [
    ["input", input],
    ["dimension", axis, "int32"],
  ] as const;
  return apply("ArgMax", options, inputs, ({ dtype, shape }) => ({
    attrs: { T: attr.type(dtype), Tidx: attr.type("int32"), output_type: attr.type("int64") },
    outputs: [{ dtype: "int64", shape: reducedShape(shape, [axis], false) }],
  })).output;
}

function reduce(
  type: string,
  input: TensorInput,
  { axis, keepDims = false, name }: ReductionOptions,
): Tensor {
  const x = toTensor(input, { name: "input" });
  const axes = axis instanceof Tensor ? undefined : axesOf(x, axis);
  const inputs = [
    ["input", x],
    ["reduction_indices", indicesOf(x, axis), "int32"],
  ] as const;
  return apply(type, { name }, inputs, ({ dtype, shape }) => ({
    attrs: { T: attr.type(dtype), Tidx: attr.type("int32"), keep_dims: attr.bool(keepDims) },
    outputs: [{ dtype, shape: reducedShape(shape, axes, keepDims) }],
  })).output;
}

function indicesOf(x: Tensor, axis: ReductionOptions["axis"]): TensorInput {
  if (axis === undefined) return integers(axesOf(x, axis));
  return typeof axis === "number" || axis instanceof Tensor ? axis : Int32Array.from(axis);
}

function axesOf({ name, shape }: Tensor, axis: number | readonly number[] | undefined): readonly number[] {
  if (axis !== undefined) return typeof axis === "number" ? [axis] : axis;
  if (shape === null) throw new ShapeError(`${name} has an unknown number of dimensions: name an axis`);
  return shape.map((_, i) => i);
}

/** @param axes undefined where they are known only when the graph runs */
function reducedShape(
  shape: PartialShape,
  axes: readonly number[] | undefined,
  keepDims: boolean,
): PartialShape {
  if (shape === null) return null;
  if (axes === undefined) return keepDims ? shape.map(() => null) : null;
  const reduced = new Set(axes.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  if (keepDims) return shape.map((size, i) => (reduced.has(i) ? 1 : size));
  return shape.filter((_, i) => !reduced.has(i));
}

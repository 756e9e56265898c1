/** Gradients of operations on two tensors of which one may have been repeated to fit the other. */
import { attr } from "../../graph/attrs.ts";
import { isFullyKnown, type PartialShape } from "../../graph/shape.ts";
import { apply } from "../op.ts";
import type { Operation, Tensor } from "../operation.ts";
import { reshapeTo, shape } from "../ops/array.ts";
import { reduceSum } from "../ops/reductions.ts";

/** A list of dimensions: known, or a tensor. */
type Axes = readonly number[] | Tensor;

/** Both inputs of the operation. */
export function operands(op: Operation): readonly [Tensor, Tensor] {
  return [op.inputs[0]!, op.inputs[1]!];
}

/** Whether both inputs and the gradient are of one shape, all of it known. */
export function areAlike(op: Operation, gradient: Tensor): boolean {
  const [x, y] = operands(op).map((operand) => operand.shape);
  const sizes = x ?? null;
  if (!isFullyKnown(sizes)) return false;
  return [y, gradient.shape].every(
    (other) => other?.join() === sizes.join() && other.length === sizes.length,
  );
}

/** The gradients of both inputs, added up along the dimensions in which the input was repeated. */
export function reduceToInputs(op: Operation, forX: Tensor, forY: Tensor): readonly [Tensor, Tensor] {
  const [x, y] = operands(op);
  const [xSizes, ySizes] = [shape(x), shape(y)];
  const axes = repeatedAxes(x.shape, y.shape) ?? axesAtRun(xSizes, ySizes);
  return [reduceTo(x, xSizes, axes.x, forX), reduceTo(y, ySizes, axes.y, forY)];
}

/** One input's gradient, added up along the dimensions in which it was repeated to fit the output. */
export function reduceToShapeOf(input: Tensor, output: Tensor, gradient: Tensor): Tensor {
  const [sizes, outputSizes] = [shape(input), shape(output)];
  const axes = repeatedAxes(input.shape, output.shape) ?? axesAtRun(sizes, outputSizes);
  return reduceTo(input, sizes, axes.x, gradient);
}

function reduceTo(input: Tensor, sizes: Tensor, axes: Axes, gradient: Tensor): Tensor {
  const isList = Array.isArray(axes);
  if (isList && axes.length === 0 && input.shape?.length === gradient.shape?.length) return gradient;
  const sum = reduceSum(gradient, { axis: axes, keepDims: true });
  return reshapeTo(sum, sizes, input.shape);
}

/** Dimensions of the result in which each input was repeated; undefined where sizes are unknown that decide it. */
function repeatedAxes(
  x: PartialShape,
  y: PartialShape,
): { readonly x: readonly number[]; readonly y: readonly number[] } | undefined {
  if (x === null || y === null) return undefined;
  const rank = Math.max(x.length, y.length);
  const padded = (sizes: readonly (number | null)[]) => [
    ...Array.from({ length: rank - sizes.length }, () => 1),
    ...sizes,
  ];
  const [xs, ys] = [padded(x), padded(y)];
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  if (axes.some((axis) => xs[axis] !== 1 && ys[axis] !== 1 && (xs[axis] === null || ys[axis] === null)))
    return undefined;
  return {
    x: axes.filter((axis) => xs[axis] === 1 && ys[axis] !== 1),
    y: axes.filter((axis) => ys[axis] === 1 && xs[axis] !== 1),
  };
}

function axesAtRun(x: Tensor, y: Tensor): { readonly x: Tensor; readonly y: Tensor } {
  const { outputs } = apply(
    "BroadcastGradientArgs",
    {},
    [
      ["s0", x],
      ["s1", y],
    ],
    ({ dtype }) => ({
      attrs: { T: attr.type(dtype) },
      outputs: [
        { dtype, shape: [null] },
        { dtype, shape: [null] },
      ],
    }),
  );
  return { x: outputs[0]!, y: outputs[1]! };
}

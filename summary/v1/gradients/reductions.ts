/** Gradients of sums and means (math_grad.py): what comes back goes to all that it was made of. */
import { elementCount, isFullyKnown } from "../../graph/shape.ts";
import { constant } from "../constant.ts";
import { fromProto, numbersOf } from "../dense.ts";
import { getDefaultGraph } from "../graph.ts";
import type { Operation, Tensor } from "../operation.ts";
import { cast, fill, integer, integers, reshape, reshapeTo, shape } from "../ops/array.ts";
import { add, div, mod } from "../ops/elementwise.ts";
import { reduceProd } from "../ops/reductions.ts";
import { broadcastTo, dynamicStitch, gather, range, tile } from "../ops/slices.ts";
import type { GradientFunction } from "./registry.ts";

export const reductionGradients: Readonly<Record<string, GradientFunction>> = {
  Sum: (op, gradient) => [spread(op, gradient), null],
  Mean(op, gradient) {
    const sum = spread(op, gradient);
    return [div(sum, shareOf(op, sum)), null];
  },
};

/** The gradient, as often as what it was made of has elements. */
function spread(op: Operation, gradient: Tensor): Tensor {
  const [x, indices] = [op.inputs[0]!, op.inputs[1]!];
  const known = x.shape;
  const axes = constantAxes(indices);
  if (known !== null && axes !== undefined) {
    const isAll = axes.length === known.length && axes.every((axis, i) => axis === i);
    if (isAll) return spreadOverAll(x, gradient);
    if (isFullyKnown(known)) return spreadOver(known, axes, gradient);
  }
  const sizes = shape(x);
  const single = op.attrs.keep_dims?.b
    ? gradient
    : reshapeTo(gradient, keptSizes(sizes, indices), unknownSizes(x));
  return broadcastTo(single, sizes, known);
}

function spreadOverAll(x: Tensor, gradient: Tensor): Tensor {
  const single = reshape(
    gradient,
    (x.shape ?? []).map(() => 1),
  );
  return tile(single, isFullyKnown(x.shape) ? integers(x.shape) : shape(x), x.shape);
}

function spreadOver(sizes: readonly number[], axes: readonly number[], gradient: Tensor): Tensor {
  const reduced = new Set(axes.map((axis) => (axis + sizes.length) % sizes.length));
  const kept = sizes.map((size, i) => (reduced.has(i) ? 1 : size));
  const single = reshape(gradient, kept);
  return tile(
    single,
    Int32Array.from(sizes, (size, i) => (reduced.has(i) ? size : 1)),
    sizes,
  );
}

/** The sizes, with 1 for those that were reduced; found when the graph runs. */
function keptSizes(sizes: Tensor, indices: Tensor): Tensor {
  return getDefaultGraph().colocateWith(sizes.op, () => {
    const count = sizes.shape?.[0] ?? null;
    const rank = integer(count ?? 0, { name: "Size" });
    const axes = mod(add(indices, rank), rank);
    const ofAxes = shape(axes);
    const all = range(rank, [count]);
    const ones = getDefaultGraph().nameScope("ones", (scope) =>
      fill(ofAxes, constant(1, { dtype: "int32" }), axes.shape, { name: scope }),
    );
    return dynamicStitch([all, axes], [sizes, ones], [count]);
  });
}

/** How many elements each mean is of, in the type of what it divides. */
function shareOf(op: Operation, sum: Tensor): Tensor {
  const [x, indices] = [op.inputs[0]!, op.inputs[1]!];
  const [before, after] = [elementCount(x.shape), elementCount(op.output.shape)];
  if (before !== null && after !== null)
    return constant(Math.floor(before / Math.max(after, 1)), { dtype: sum.dtype });
  const sizes = shape(x);
  const rank = integer(x.shape?.length ?? 0, { name: "Size" });
  const axes = mod(add(indices, rank), rank);
  return cast(reduceProd(gather(sizes, axes)), sum.dtype);
}

function constantAxes({ op }: Tensor): readonly number[] | undefined {
  return op.op === "Const" ? Array.from(numbersOf(fromProto(op.attrs.value?.tensor ?? {}))) : undefined;
}

function unknownSizes({ shape }: Tensor): null[] | null {
  return shape?.map(() => null) ?? null;
}

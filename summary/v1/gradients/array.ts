/** Gradients of operations on shapes and types. */
import { isFloating } from "../../graph/dtype.ts";
import { cast, reshape, reshapeTo, shape } from "../ops/array.ts";
import type { GradientFunction } from "./registry.ts";

export const arrayGradients: Readonly<Record<string, GradientFunction>> = {
  Identity: (_, gradient) => [gradient],
  Cast(op, gradient) {
    const { dtype } = op.inputs[0]!;
    return [isFloating(dtype) && isFloating(gradient.dtype) ? cast(gradient, dtype) : null];
  },
  Reshape(op, gradient) {
    const input = op.inputs[0]!;
    const known = input.shape;
    // One unknown size follows from the others, unless there are no elements.
    const unknown = known?.filter((size) => size === null).length;
    if (known === null || unknown !== 1 || known.includes(0))
      return [reshapeTo(gradient, shape(input), known), null];
    const sizes = known.map((size) => size ?? -1);
    return [reshape(gradient, sizes), null];
  },
};

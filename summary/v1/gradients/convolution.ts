/** Gradients of convolution and pooling (nn_grad.py). */
import { attr } from "../../graph/attrs.ts";
import { apply } from "../op.ts";
import type { Operation, Tensor } from "../operation.ts";
import { shape } from "../ops/array.ts";
import { operands } from "./broadcasting.ts";
import type { GradientFunction } from "./registry.ts";

export const convolutionGradients: Readonly<Record<string, GradientFunction>> = {
  Conv2D(op, gradient) {
    const [input, filter] = operands(op);
    const [inputSizes, filterSizes] = shapes(input, filter);
    const back = (type: string, args: Parameters<typeof apply>[2], like: Tensor): Tensor =>
      apply(type, {}, args, () => ({ attrs: op.attrs, outputs: [like] })).output;
    const forInput = back(
      "Conv2DBackpropInput",
      [
        ["input_sizes", inputSizes, "int32"],
        ["filter", filter],
        ["out_backprop", gradient],
      ],
      input,
    );
    const forFilter = back(
      "Conv2DBackpropFilter",
      [
        ["input", input],
        ["filter_sizes", filterSizes, "int32"],
        ["out_backprop", gradient],
      ],
      filter,
    );
    return [forInput, forFilter];
  },
  MaxPool(op, gradient) {
    const input = op.inputs[0]!;
    const args = [
      ["orig_input", input],
      ["orig_output", op.output],
      ["grad", gradient],
    ] as const;
    return [apply("MaxPoolGrad", {}, args, () => ({ attrs: op.attrs, outputs: [input] })).output];
  },
  AvgPool(op, gradient) {
    const input = op.inputs[0]!;
    const args = [
      ["orig_input_shape", shape(input), "int32"],
      ["grad", gradient],
    ] as const;
    return [apply("AvgPoolGrad", {}, args, () => ({ attrs: op.attrs, outputs: [input] })).output];
  },
};

/** The sizes of both, as int32. */
function shapes(...inputs: readonly [Tensor, Tensor]): readonly [Tensor, Tensor] {
  const args = inputs.map((input, i) => [`input_${i}`, input] as const);
  const { outputs }: Operation = apply("ShapeN", {}, args, ({ dtype }) => ({
    attrs: { T: attr.type(dtype), N: attr.int(2), out_type: attr.type("int32") },
    outputs: inputs.map(({ shape }) => ({ dtype: "int32", shape: [shape?.length ?? null] })),
  }));
  return [outputs[0]!, outputs[1]!];
}

/** Gradients of what layers are made of (nn_grad.py). */
import { type Attrs, attr } from "../../graph/attrs.ts";
import type { PartialShape } from "../../graph/shape.ts";
import { getDefaultGraph } from "../graph.ts";
import { type Argument, apply } from "../op.ts";
import type { Operation, Tensor } from "../operation.ts";
import { expandDims } from "../ops/array.ts";
import { mul, neg, sub } from "../ops/elementwise.ts";
import { logSoftmax, sigmoid } from "../ops/nn.ts";
import { reduceSum } from "../ops/reductions.ts";
import type { GradientFunction } from "./registry.ts";

export const nnGradients: Readonly<Record<string, GradientFunction>> = {
  Relu: (op, gradient) => [activationGrad("ReluGrad", gradient, ["features", op.output])],
  Relu6: (op, gradient) => [activationGrad("Relu6Grad", gradient, ["features", op.output])],
  Elu: (op, gradient) => [activationGrad("EluGrad", gradient, ["outputs", op.output])],
  Softplus: (op, gradient) => [mul(gradient, sigmoid(op.inputs[0]!))],
  Sigmoid: (op, gradient) => [curveGrad("SigmoidGrad", op.output, gradient)],
  Tanh: (op, gradient) => [curveGrad("TanhGrad", op.output, gradient)],
  Softmax(op, gradient) {
    const probabilities = op.output;
    const total = reduceSum(mul(gradient, probabilities), { axis: -1, keepDims: true });
    return [mul(sub(gradient, total), probabilities)];
  },
  L2Loss: (op, gradient) => [mul(op.inputs[0]!, gradient)],
  BiasAdd: (op, gradient) => [
    gradient,
    one("BiasAddGrad", [["out_backprop", gradient]], { data_format: attr.text("NHWC") }, op.inputs[1]!.shape),
  ],
  SoftmaxCrossEntropyWithLogits: (op, ofCost) => [
    mul(expandDims(ofCost, -1), op.outputs[1]!),
    ofLabels(op, ofCost),
  ],
  SparseSoftmaxCrossEntropyWithLogits: (op, ofCost) => [mul(expandDims(ofCost, -1), op.outputs[1]!), null],
};

function activationGrad(type: string, gradient: Tensor, features: Argument): Tensor {
  return one(type, [["gradients", gradient], features], {}, gradient.shape);
}

/** Waits for the gradient. */
function curveGrad(type: string, y: Tensor, gradient: Tensor): Tensor {
  const make = () =>
    one(
      type,
      [
        ["y", y],
        ["dy", gradient],
      ],
      {},
      y.shape,
    );
  return getDefaultGraph().controlDependencies([gradient.op], make);
}

function ofLabels(op: Operation, ofCost: Tensor): Tensor {
  const negative = neg(logSoftmax(op.inputs[0]!));
  return mul(expandDims(ofCost, -1), negative);
}

/** An operation with one output, of the type of its first input. */
function one(type: string, inputs: readonly Argument[], attrs: Attrs, shape: PartialShape): Tensor {
  return apply(type, {}, inputs, ({ dtype }) => ({
    attrs: { T: attr.type(dtype), ...attrs },
    outputs: [{ dtype, shape }],
  })).output;
}

/** Gradients of arithmetic (math_grad.py). */
import { attr } from "../../graph/attrs.ts";
import { constant } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import type { Operation, Tensor } from "../operation.ts";
import { zeros, zerosLike } from "../ops/array.ts";
import { div, greaterEqual, lessEqual, mul, neg, reciprocal, sign } from "../ops/elementwise.ts";
import { matMul, select } from "../ops/math.ts";
import { areAlike, operands, reduceToInputs, reduceToShapeOf } from "./broadcasting.ts";
import { reductionGradients } from "./reductions.ts";
import type { GradientFunction } from "./registry.ts";

export const mathGradients: Readonly<Record<string, GradientFunction>> = {
  ...reductionGradients,
  Abs: (op, gradient) => [mul(gradient, sign(op.inputs[0]!))],
  AddN: (op, gradient) => op.inputs.map(() => gradient),
  AddV2: (op, gradient) =>
    areAlike(op, gradient) ? [gradient, gradient] : reduceToInputs(op, gradient, gradient),
  Exp: (op, gradient) => [after(gradient, () => mul(gradient, op.output))],
  Log: (op, gradient) => [after(gradient, () => mul(gradient, reciprocal(op.inputs[0]!)))],
  MatMul: matrixGradients,
  Maximum: (op, gradient) => chosenGradients(op, gradient, greaterEqual),
  Minimum: (op, gradient) => chosenGradients(op, gradient, lessEqual),
  Neg: (_, gradient) => [neg(gradient)],
  Sqrt: (op, gradient) => [
    apply(
      "SqrtGrad",
      {},
      [
        ["y", op.output],
        ["dy", gradient],
      ],
      ({ dtype }) => ({
        attrs: { T: attr.type(dtype) },
      }),
    ).output,
  ],
  Square: (op, gradient) => [
    after(gradient, () => product(gradient, product(op.inputs[0]!, constant(2, { dtype: gradient.dtype })))),
  ],
  Mul(op, gradient) {
    const [x, y] = operands(op);
    if (areAlike(op, gradient)) return [product(gradient, y), product(gradient, x)];
    return reduceToInputs(op, product(gradient, y), product(x, gradient));
  },
  RealDiv(op, gradient) {
    const [x, y] = operands(op);
    const forX = quotient(gradient, y);
    return reduceToInputs(op, forX, mul(gradient, quotient(quotient(neg(x), y), y)));
  },
  SelectV2(op, gradient) {
    const [chosen, x, y] = [op.inputs[0]!, op.inputs[1]!, op.inputs[2]!];
    const none = zeros([], { dtype: gradient.dtype });
    const forX = select(chosen, gradient, none);
    const forY = select(chosen, none, gradient);
    return [null, reduceToShapeOf(x, op.output, forX), reduceToShapeOf(y, op.output, forY)];
  },
  Sub(op, gradient) {
    const negative = neg(gradient);
    return areAlike(op, gradient) ? [gradient, negative] : reduceToInputs(op, gradient, negative);
  },
};

/** What `fn` makes waits for the gradient, so that it does not take up memory before. */
function after(gradient: Tensor, fn: () => Tensor): Tensor {
  return getDefaultGraph().controlDependencies([gradient.op], fn);
}

/** As the operation is named that is not an operator of Python. */
function product(x: Tensor, y: Tensor): Tensor {
  return mul(x, y, { name: "Mul" });
}

function quotient(x: Tensor, y: Tensor): Tensor {
  return div(x, y, { name: "RealDiv" });
}

function matrixGradients(op: Operation, gradient: Tensor): readonly [Tensor, Tensor] {
  const [a, b] = operands(op);
  const [transposedA, transposedB] = [op.attrs.transpose_a?.b === true, op.attrs.transpose_b?.b === true];
  const forA = transposedA
    ? matMul(b, gradient, { transposeA: transposedB, transposeB: true })
    : matMul(gradient, b, { transposeB: !transposedB });
  const forB = transposedB
    ? matMul(gradient, a, { transposeA: true, transposeB: transposedA })
    : matMul(a, gradient, { transposeA: !transposedA });
  return [forA, forB];
}

/** The gradient goes to the input that was chosen. */
function chosenGradients(
  op: Operation,
  gradient: Tensor,
  compare: typeof lessEqual,
): readonly [Tensor, Tensor] {
  const none = zerosLike(gradient, { optimize: true });
  const isFirst = compare(...operands(op));
  return reduceToInputs(op, select(isFirst, gradient, none), select(isFirst, none, gradient));
}

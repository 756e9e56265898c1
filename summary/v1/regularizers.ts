/** Losses that keep weights small, as `tf.contrib.layers` has them. */
import { type TensorInput, toTensor } from "./constant.ts";
import { getDefaultGraph } from "./graph.ts";
import type { Tensor } from "./operation.ts";
import { abs, mul } from "./ops/elementwise.ts";
import { l2Loss } from "./ops/nn.ts";
import { reduceSum } from "./ops/reductions.ts";

/**
 * scale · Σ w² / 2
 *
 * @example
 * const weights = v1.constant([3, 4]);
 * console.log(v1.l2Regularizer(0.5)(weights).eval()); // 6.25
 */
export function l2Regularizer(scale: number): (weights: TensorInput) => Tensor {
  return regularizer("l2_regularizer", scale, (weights) => l2Loss(weights));
}

/**
 * scale · Σ |w|
 *
 * @example
 * const weights = v1.constant([3, -4]);
 * console.log(v1.l1Regularizer(0.5)(weights).eval()); // 3.5
 */
export function l1Regularizer(scale: number): (weights: TensorInput) => Tensor {
  return regularizer("l1_regularizer", scale, (weights) => reduceSum(abs(weights)));
}

function regularizer(name: string, scale: number, size: (weights: Tensor) => Tensor) {
  return (weights: TensorInput): Tensor =>
    getDefaultGraph().nameScope(name, (scope) => {
      const tensor = toTensor(weights, { name: "weights" });
      const factor = toTensor(scale, { name: "scale", dtype: tensor.dtype });
      return mul(factor, size(tensor), { name: scope });
    });
}

/** Gradient descent: variable -= learningRate · gradient. */
import { attr } from "../../graph/attrs.ts";
import { type TensorInput, toTensor } from "../constant.ts";
import { apply } from "../op.ts";
import type { Named } from "../ops/array.ts";
import { Optimizer, type Updates } from "./optimizer.ts";

/**
 * Gradient descent: variable -= learningRate · gradient.
 *
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * const globalStep = new v1.Variable(0, { trainable: false, dtype: "int32" });
 * const rate = v1.train.exponentialDecay(0.1, globalStep, 100, 0.96);
 * const trainStep = new v1.train.GradientDescentOptimizer(rate).minimize(v1.nn.l2Loss(weights), { globalStep });
 * console.log(trainStep.name, trainStep.op); // GradientDescent AssignAdd
 */
export class GradientDescentOptimizer extends Optimizer {
  private readonly learningRate: TensorInput;

  constructor(learningRate: TensorInput, options: Named = {}) {
    super(options.name ?? "GradientDescent");
    this.learningRate = learningRate;
  }

  protected override begin(): Updates {
    const rate = toTensor(this.learningRate, { name: "learning_rate" });
    return {
      update: (gradient, { op: ref }) =>
        apply(
          "ApplyGradientDescent",
          { refs: [ref] },
          [
            ["alpha", rate],
            ["delta", gradient],
          ],
          ({ dtype }) => ({
            attrs: { T: attr.type(dtype), use_locking: attr.bool(false) },
            outputs: [ref.output],
          }),
        ),
    };
  }
}

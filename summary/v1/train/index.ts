/**
 * `v1.train`: learning rates, moving averages and optimisers.
 *
 * @example
 * const globalStep = new v1.Variable(0, { name: "global_step", trainable: false, dtype: "int32" });
 * const rate = v1.train.exponentialDecay(0.8, globalStep, 550, 0.99, { staircase: true });
 * console.log(rate.name); // ExponentialDecay:0
 */
export { AdamOptimizer, type AdamOptions } from "./adam.ts";
export { type DecayOptions, exponentialDecay } from "./exponential-decay.ts";
export { GradientDescentOptimizer } from "./gradient-descent.ts";
export { ExponentialMovingAverage } from "./moving-averages.ts";
export {
  type ApplyOptions,
  type GradientAndVariable,
  type MinimizeOptions,
  Optimizer,
  type Updates,
} from "./optimizer.ts";

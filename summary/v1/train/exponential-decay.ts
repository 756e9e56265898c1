/** A learning rate that decays as the training goes on. */
import { type TensorInput, toTensor } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { ScalarTensor } from "../operation.ts";
import { cast, integer, type Named } from "../ops/array.ts";
import { div, floor, mul, pow } from "../ops/elementwise.ts";

/**
 * How a rate decays.
 *
 * @example
 * const options: v1.train.DecayOptions = { staircase: true };
 * console.log(v1.train.exponentialDecay(0.1, 99, 100, 0.5, options).eval().toFixed(1)); // 0.1
 */
export interface DecayOptions extends Named {
  /** Whether the rate goes down in steps, once every `decaySteps`, instead of all the time. Default false. */
  readonly staircase?: boolean | undefined;
}

/**
 * learningRate · decayRate ^ (globalStep / decaySteps): in the graph, and as a number.
 *
 * @param globalStep steps taken so far: a variable that is loaded, a tensor that is fed, or a number
 * @example
 * const globalStep = new v1.Variable(0, { trainable: false, dtype: "int32" });
 * const rate = v1.train.exponentialDecay(0.1, globalStep, 100, 0.96, { staircase: true });
 * globalStep.load(250);
 * console.log(rate.eval().toFixed(5), rate.eval([[globalStep, 0]]).toFixed(5)); // 0.09216 0.10000
 */
export function exponentialDecay(
  learningRate: TensorInput,
  globalStep: TensorInput,
  decaySteps: number,
  decayRate: number,
  options: DecayOptions = {},
): ScalarTensor {
  const { staircase = false, name = "ExponentialDecay" } = options;
  return getDefaultGraph().nameScope(name, (scope) => {
    const initial = toTensor(learningRate, { name: "initial_learning_rate" });
    const { dtype } = initial;
    const steps = castNumber(decaySteps, dtype);
    const rate = castNumber(decayRate, dtype);
    const passed = div(cast(globalStep, dtype), steps);
    const periods = staircase ? floor(passed) : passed;
    const { op, index } = mul(initial, pow(rate, periods), { name: scope });
    return new ScalarTensor(op, index);
  });
}

/** A whole number is an integer in the graph, which is cast where a float is needed. */
function castNumber(value: number, dtype: ScalarTensor["dtype"]) {
  return getDefaultGraph().nameScope("Cast", (scope) => {
    if (!Number.isInteger(value)) return toTensor(value, { name: "x", dtype });
    return cast(integer(value, { name: "x" }), dtype, { name: scope });
  });
}

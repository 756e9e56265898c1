/** First values of variables, for `getVariable`: functions of the variable's shape and type. */
import { type ConstantOptions, constant } from "./constant.ts";
import type { Value } from "./dense.ts";
import { ones, zeros } from "./ops/array.ts";
import {
  type NormalOptions,
  randomNormal,
  randomUniform,
  truncatedNormal,
  type UniformOptions,
} from "./ops/random.ts";
import type { Initializer } from "./variable-scopes.ts";

/**
 * One value everywhere, or the values themselves.
 *
 * @param value default 0
 * @example
 * const biases = v1.getVariable("biases", { shape: [2], initializer: v1.constantInitializer(0.5) });
 * v1.globalVariablesInitializer().run();
 * console.log(biases.eval()); // 0.5,0.5
 */
export function constantInitializer(value: Value = 0): Initializer {
  return (shape, dtype) => constant(value, { shape, dtype } satisfies ConstantOptions);
}

/**
 * Zeros.
 *
 * @example
 * const biases = v1.getVariable("biases", { shape: [2], initializer: v1.zerosInitializer() });
 * v1.globalVariablesInitializer().run();
 * console.log(biases.eval()); // 0,0
 */
export function zerosInitializer(): Initializer {
  return (shape, dtype) => zeros(shape, { dtype });
}

/**
 * Ones.
 *
 * @example
 * const scale = v1.getVariable("scale", { shape: [2], initializer: v1.onesInitializer() });
 * v1.globalVariablesInitializer().run();
 * console.log(scale.eval()); // 1,1
 */
export function onesInitializer(): Initializer {
  return (shape, dtype) => ones(shape, { dtype });
}

/**
 * Numbers from a normal distribution; those beyond two standard deviations are drawn again.
 *
 * @example
 * const initializer = v1.truncatedNormalInitializer({ stddev: 0.1 });
 * console.log(v1.getVariable("weights", { shape: [784, 500], initializer }).shape); // 784,500
 */
export function truncatedNormalInitializer(options: Omit<NormalOptions, "name" | "dtype"> = {}): Initializer {
  return (shape, dtype) => truncatedNormal(shape, { ...options, dtype });
}

/**
 * Numbers from a normal distribution.
 *
 * @example
 * const initializer = v1.randomNormalInitializer({ stddev: 1, seed: 1 });
 * console.log(v1.getVariable("weights", { shape: [2, 3], initializer }).shape); // 2,3
 */
export function randomNormalInitializer(options: Omit<NormalOptions, "name" | "dtype"> = {}): Initializer {
  return (shape, dtype) => randomNormal(shape, { ...options, dtype });
}

/**
 * Numbers that are equally likely within a range.
 *
 * @example
 * const initializer = v1.randomUniformInitializer({ minval: -1, maxval: 1 });
 * console.log(v1.getVariable("weights", { shape: [2, 3], initializer }).shape); // 2,3
 */
export function randomUniformInitializer(options: Omit<UniformOptions, "name" | "dtype"> = {}): Initializer {
  return (shape, dtype) => randomUniform(shape, { ...options, dtype });
}

/**
 * Glorot's: uniform numbers in a range that keeps the variance from layer to layer. What `getVariable` takes by
 * default.
 *
 * @example
 * const initializer = v1.glorotUniformInitializer({ seed: 1 });
 * console.log(v1.getVariable("weights", { shape: [2, 3], initializer }).shape); // 2,3
 */
export function glorotUniformInitializer(options: { readonly seed?: number } = {}): Initializer {
  return (shape, dtype) => {
    const [fanIn, fanOut] = fans(shape);
    const limit = Math.sqrt(3 / Math.max(1, (fanIn + fanOut) / 2));
    return randomUniform(shape, { ...options, dtype, minval: -limit, maxval: limit });
  };
}

/** Numbers that go into a unit of a layer, and that it goes into. Filters are [height, width, in, out]. */
function fans(shape: readonly number[]): readonly [number, number] {
  const [last = 1, before = last, ...field] = [...shape].reverse();
  const size = field.reduce((a, b) => a * b, 1);
  return [before * size, last * size];
}

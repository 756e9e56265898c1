/** Random tensors, mostly the first values of weights. */
import { attr } from "../../graph/attrs.ts";
import type { DType } from "../../graph/dtype.ts";
import type { PartialShape } from "../../graph/shape.ts";
import { constant } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import type { Tensor } from "../operation.ts";
import { integers, type Named } from "./array.ts";
import { add, mul, sub } from "./elementwise.ts";

/**
 * What random tensors have in common.
 *
 * @example
 * const options: v1.RandomOptions = { seed: 1 };
 * console.log(v1.randomUniform([2], options).shape); // 2
 */
export interface RandomOptions extends Named {
  /** Default float32. */
  readonly dtype?: DType | undefined;
  /** The same numbers each time. Default: others each time. */
  readonly seed?: number | undefined;
}

/**
 * Which normal distribution.
 *
 * @example const options: v1.NormalOptions = { mean: 0, stddev: 0.1 };
 */
export interface NormalOptions extends RandomOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Default 1. */
  readonly stddev?: number | undefined;
}

/**
 * Which range.
 *
 * @example const options: v1.UniformOptions = { minval: -1, maxval: 1 };
 */
export interface UniformOptions extends RandomOptions {
  /** The least number. Default 0. */
  readonly minval?: number | undefined;
  /** Numbers stay below it. Default 1. */
  readonly maxval?: number | undefined;
}

/**
 * Numbers from a normal distribution; those beyond two standard deviations are drawn again.
 *
 * @example
 * const weights = new v1.Variable(v1.truncatedNormal([784, 500], { stddev: 0.1 }), { name: "weights" });
 * console.log(weights.shape); // 784,500
 */
export function truncatedNormal(shape: readonly number[], options: NormalOptions = {}): Tensor {
  return normal("TruncatedNormal", "truncated_normal", shape, options);
}

/**
 * Numbers from a normal distribution.
 *
 * @example console.log(v1.randomNormal([2, 3], { seed: 1 }).name); // random_normal:0
 */
export function randomNormal(shape: readonly number[], options: NormalOptions = {}): Tensor {
  return normal("RandomStandardNormal", "random_normal", shape, options);
}

/**
 * Numbers that are equally likely within a range.
 *
 * @example console.log(v1.randomUniform([3], { minval: -1 }).name); // random_uniform:0
 */
export function randomUniform(shape: readonly number[], options: UniformOptions = {}): Tensor {
  const { minval = 0, maxval = 1, dtype = "float32", name = "random_uniform" } = options;
  return getDefaultGraph().nameScope(name, (scope) => {
    const sizes = integers(shape, { name: "shape" });
    const draw = () => sample("RandomUniform", sizes, shape, options);
    if (minval === 0 && maxval === 1) return draw();
    const least = constant(minval, { dtype, name: "min" });
    const greatest = constant(maxval, { dtype, name: "max" });
    const drawn = draw();
    if (minval === 0) return mul(drawn, greatest, { name: "Mul" });
    return add(mul(drawn, sub(greatest, least)), least, { name: scope });
  });
}

/** Numbers from 0 to 1, of a shape that is a tensor. */
export function uniformOfShape(sizes: Tensor, known: PartialShape, options: RandomOptions): Tensor {
  return getDefaultGraph().nameScope("random_uniform", () => sample("RandomUniform", sizes, known, options));
}

function normal(type: string, kind: string, shape: readonly number[], options: NormalOptions): Tensor {
  const { mean = 0, stddev = 1, dtype = "float32", name = kind } = options;
  return getDefaultGraph().nameScope(name, (scope) => {
    const sizes = integers(shape, { name: "shape" });
    const center = constant(mean, { dtype, name: "mean" });
    const width = constant(stddev, { dtype, name: "stddev" });
    const draw = sample(type, sizes, shape, options);
    return add(mul(draw, width), center, { name: scope });
  });
}

/** TensorFlow's default graph seed, used where only the operation has one (framework/random_seed.py). */
const GRAPH_SEED = 87654321;

function sample(
  type: string,
  sizes: Tensor,
  shape: PartialShape,
  { dtype = "float32", seed }: RandomOptions,
): Tensor {
  return apply(type, {}, [["shape", sizes]], () => ({
    attrs: {
      dtype: attr.type(dtype),
      T: attr.type("int32"),
      seed: attr.int(seed === undefined ? 0 : GRAPH_SEED),
      seed2: attr.int(seed ?? 0),
    },
    outputs: [{ dtype, shape }],
  })).output;
}

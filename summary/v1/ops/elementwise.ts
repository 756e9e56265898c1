/** Arithmetic element by element. Operations are named as Python's operators name them: `add`, `sub`, `mul`, `truediv`. */
import { attr } from "../../graph/attrs.ts";
import type { DType } from "../../graph/dtype.ts";
import { broadcastShapes } from "../../graph/shape.ts";
import type { TensorInput } from "../constant.ts";
import { apply } from "../op.ts";
import type { Tensor } from "../operation.ts";
import type { Named } from "./array.ts";

/**
 * x + y. Named `add`, as the operator of Python names it.
 *
 * @example
 * const sum = v1.add([1, 2], 10);
 * console.log(sum.name, sum.eval()); // add:0 11,12
 */
export function add(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("AddV2", options.name ?? "add", x, y);
}

/**
 * x - y
 *
 * @example console.log(v1.sub(5, 3).eval()); // 2
 */
export function sub(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Sub", options.name ?? "sub", x, y);
}

/**
 * x · y, element by element.
 *
 * @example console.log(v1.mul([1, 2], [3, 4]).eval()); // 3,8
 */
export function mul(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Mul", options.name ?? "mul", x, y);
}

/**
 * x / y. Named `truediv`, as the operator of Python names it.
 *
 * @example console.log(v1.div(1, 4).eval()); // 0.25
 */
export function div(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("RealDiv", options.name ?? "truediv", x, y);
}

/**
 * The remainder of x / y, of y's sign.
 *
 * @example console.log(v1.mod(7, 3).name); // mod:0
 */
export function mod(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("FloorMod", options.name ?? "mod", x, y);
}

/**
 * x to the power of y.
 *
 * @example console.log(v1.pow(2, 10).eval()); // 1024
 */
export function pow(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Pow", options.name, x, y);
}

/**
 * The greater of both.
 *
 * @example console.log(v1.maximum([1, 5], 3).eval()); // 3,5
 */
export function maximum(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Maximum", options.name, x, y);
}

/**
 * The lesser of both.
 *
 * @example console.log(v1.minimum([1, 5], 3).eval()); // 1,3
 */
export function minimum(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Minimum", options.name, x, y);
}

/**
 * Whether both are equal, as bool.
 *
 * @example console.log(v1.equal([1, 2], [1, 3]).eval()); // 1,0
 */
export function equal(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Equal", options.name, x, y, { result: "bool", comparesShapes: true });
}

/**
 * Whether x > y, as bool.
 *
 * @example console.log(v1.greater([1, 2], 1).eval()); // 0,1
 */
export function greater(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Greater", options.name, x, y, { result: "bool" });
}

/**
 * Whether x ≥ y, as bool.
 *
 * @example console.log(v1.greaterEqual([1, 2], 1).eval()); // 1,1
 */
export function greaterEqual(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("GreaterEqual", options.name, x, y, { result: "bool" });
}

/**
 * Whether x < y, as bool.
 *
 * @example console.log(v1.less([1, 2], 2).eval()); // 1,0
 */
export function less(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("Less", options.name, x, y, { result: "bool" });
}

/**
 * Whether x ≤ y, as bool.
 *
 * @example console.log(v1.lessEqual([1, 2], 1).eval()); // 1,0
 */
export function lessEqual(x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  return binary("LessEqual", options.name, x, y, { result: "bool" });
}

/**
 * |x|
 *
 * @example console.log(v1.abs([-1, 2]).eval()); // 1,2
 */
export function abs(x: TensorInput, options: Named = {}): Tensor {
  return unary("Abs", x, options);
}

/**
 * -1, 0 or 1, as x is negative, zero or positive.
 *
 * @example console.log(v1.sign([-3, 0, 2]).eval()); // -1,0,1
 */
export function sign(x: TensorInput, options: Named = {}): Tensor {
  return unary("Sign", x, options);
}

/**
 * -x
 *
 * @example console.log(v1.neg([1, -2]).eval()); // -1,2
 */
export function neg(x: TensorInput, options: Named = {}): Tensor {
  return unary("Neg", x, options);
}

/**
 * x²
 *
 * @example console.log(v1.square([2, -3]).eval()); // 4,9
 */
export function square(x: TensorInput, options: Named = {}): Tensor {
  return unary("Square", x, options);
}

/**
 * √x
 *
 * @example console.log(v1.sqrt(16).eval()); // 4
 */
export function sqrt(x: TensorInput, options: Named = {}): Tensor {
  return unary("Sqrt", x, options);
}

/**
 * eˣ
 *
 * @example console.log(v1.exp([0]).eval()); // 1
 */
export function exp(x: TensorInput, options: Named = {}): Tensor {
  return unary("Exp", x, options);
}

/**
 * The natural logarithm.
 *
 * @example console.log(v1.log([1]).eval()); // 0
 */
export function log(x: TensorInput, options: Named = {}): Tensor {
  return unary("Log", x, options);
}

/**
 * The greatest integer that is not above x.
 *
 * @example console.log(v1.floor([1.5, -1.5]).eval()); // 1,-2
 */
export function floor(x: TensorInput, options: Named = {}): Tensor {
  return unary("Floor", x, options);
}

/**
 * 1 / x
 *
 * @example console.log(v1.reciprocal([4]).eval()); // 0.25
 */
export function reciprocal(x: TensorInput, options: Named = {}): Tensor {
  return unary("Reciprocal", x, options);
}

function unary(type: string, x: TensorInput, { name }: Named): Tensor {
  return apply(type, { name }, [["x", x]], ({ dtype }) => ({ attrs: { T: attr.type(dtype) } })).output;
}

interface BinaryTraits {
  /** What comes out; default: what goes in. */
  readonly result?: DType;
  /** Whether shapes that do not fit are an error. */
  readonly comparesShapes?: boolean;
}

function binary(
  type: string,
  name: string | undefined,
  x: TensorInput,
  y: TensorInput,
  { result, comparesShapes = false }: BinaryTraits = {},
): Tensor {
  const inputs = [
    ["x", x],
    ["y", y],
  ] as const;
  return apply(type, { name }, inputs, (a, b) => ({
    attrs: { T: attr.type(a.dtype), ...(comparesShapes && { incompatible_shape_error: attr.bool(true) }) },
    outputs: [{ dtype: result ?? a.dtype, shape: broadcastShapes(a.shape, b.shape) }],
  })).output;
}

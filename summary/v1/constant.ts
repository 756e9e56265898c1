/** Constants, and how everything else becomes a tensor of the graph. */
import { GraphError, ShapeError } from "../errors.ts";
import { attr } from "../graph/attrs.ts";
import type { DType } from "../graph/dtype.ts";
import { elementCount } from "../graph/shape.ts";
import { constantProto } from "./constant-proto.ts";
import { toDense, type Value } from "./dense.ts";
import { getDefaultGraph } from "./graph.ts";
import { type AsTensor, isAsTensor, Tensor } from "./operation.ts";

/**
 * What operations take in: tensors, variables, and values, which become constants.
 *
 * @example
 * const inputs: v1.TensorInput[] = [v1.constant(1), new v1.Variable(2), 3, [4, 5]];
 * console.log(v1.add(inputs[0]!, inputs[2]!).eval()); // 4
 */
export type TensorInput = Tensor | AsTensor | Value;

/**
 * What a constant is.
 *
 * @example
 * const options: v1.ConstantOptions = { shape: [3], dtype: "int32" };
 * console.log(v1.constant(7, options).eval()); // 7,7,7
 */
export interface ConstantOptions {
  /** Default: the value's own; float32 for plain numbers, as in TensorFlow.js. */
  readonly dtype?: DType | undefined;
  /** Default: the value's own. A single value fills all of it. */
  readonly shape?: readonly number[] | undefined;
  /** Default `Const`. */
  readonly name?: string | undefined;
}

/**
 * A tensor that never changes.
 *
 * @throws ValueError when the value is none, ShapeError when it does not fit the shape
 * @example
 * const input1 = v1.constant([1, 2, 3], { name: "input1" });
 * console.log(String(input1)); // Tensor("input1:0", shape=(3), dtype=float32)
 */
export function constant(value: Value, options: ConstantOptions = {}): Tensor {
  const { dtype, shape, name = "Const" } = options;
  const dense = toDense(value, { dtype });
  const sized = shape === undefined ? dense : { ...dense, shape: filledShape(dense.data.length, shape) };
  return getDefaultGraph().add({
    op: "Const",
    name,
    attrs: { dtype: attr.type(dense.dtype), value: attr.tensor(constantProto(sized)) },
    outputTypes: [{ dtype: dense.dtype, shape: sized.shape }],
  }).output;
}

/** What is known of the tensor that a value becomes. */
export interface Conversion {
  /** Of a constant; a tensor must have it. Default: its own. */
  readonly dtype?: DType | undefined;
  /** Of a constant. Default `Const`. */
  readonly name?: string | undefined;
}

/**
 * The tensor that an input is, or a constant of it.
 *
 * @throws GraphError when it is a tensor of another type, ValueError when it cannot become a tensor
 */
export function toTensor(input: TensorInput, { dtype, name }: Conversion = {}): Tensor {
  if (input instanceof Tensor) return ofType(input, dtype);
  if (isAsTensor(input)) return ofType(input.asTensor(), dtype);
  return constant(input, { dtype, name });
}

function ofType(tensor: Tensor, dtype: DType | undefined): Tensor {
  if (dtype === undefined || tensor.dtype === dtype) return tensor;
  throw new GraphError(`${tensor.name} is ${tensor.dtype}, where ${dtype} is needed: cast it`);
}

function filledShape(length: number, shape: readonly number[]): readonly number[] {
  const count = elementCount(shape) ?? 0;
  if (length === count || length === 1) return shape;
  throw new ShapeError(`shape [${shape.join(", ")}] holds ${count} values, but ${length} are given`);
}

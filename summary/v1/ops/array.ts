/** Placeholders, and operations on shapes and types. */
import { attr } from "../../graph/attrs.ts";
import type { DType } from "../../graph/dtype.ts";
import { checkPartialShape, elementCount, isFullyKnown, type PartialShape } from "../../graph/shape.ts";
import { constant, type TensorInput, toTensor } from "../constant.ts";
import type { Value } from "../dense.ts";
import { getDefaultGraph } from "../graph.ts";
import { setFunction } from "../kernels/array.ts";
import { apply } from "../op.ts";
import { Tensor } from "../operation.ts";

/**
 * What most operations can be given.
 *
 * @example
 * const options: v1.Named = { name: "sum" };
 * console.log(v1.add(1, 2, options).name); // sum:0
 */
export interface Named {
  /** Default: the operation's. */
  readonly name?: string | undefined;
}

/**
 * A tensor whose value is fed when others are evaluated.
 *
 * @param shape null for sizes that differ from batch to batch; default: nothing is known
 * @throws GraphError when there is no such type, ShapeError when a size is none
 * @example
 * const x = v1.placeholder("float32", [null, 2], { name: "x-input" });
 * console.log(v1.reduceMean(x).eval([[x, [1, 2, 3, 6]]])); // 3
 */
export function placeholder(dtype: DType, shape: PartialShape = null, options: Named = {}): Tensor {
  return apply("Placeholder", options, [], () => ({
    attrs: { dtype: attr.type(dtype), shape: attr.shape(checkPartialShape(shape)) },
    outputs: [{ dtype, shape }],
  })).output;
}

/**
 * What a function of the program gives.
 *
 * @example
 * const options: v1.FunctionOptions = { dtype: "int32", shape: [] };
 * console.log(v1.func(() => 3, options).eval()); // 3
 */
export interface FunctionOptions extends Named {
  /** Default float32. */
  readonly dtype?: DType | undefined;
  /** Default: nothing is known. */
  readonly shape?: PartialShape | undefined;
}

/**
 * A tensor whose value a function of the program gives whenever it is evaluated: what `tf.py_func` is in Python,
 * whose operation it makes.
 *
 * @throws ValueError when evaluated, if the function gives another type
 * @example
 * let lastLoss = 0.5;
 * const loss = v1.func(() => lastLoss, { shape: [] });
 * lastLoss = 0.25;
 * console.log(loss.eval()); // 0.25
 */
export function func(source: () => Value, options: FunctionOptions = {}): Tensor {
  const { name, dtype = "float32", shape = null } = options;
  const operation = apply("PyFunc", { name }, [], () => ({
    attrs: { Tin: attr.types([]), Tout: attr.types([dtype]), token: attr.text(source.name) },
    outputs: [{ dtype, shape: checkPartialShape(shape) }],
  }));
  setFunction(operation, source);
  return operation.output;
}

/**
 * The same tensor under another name.
 *
 * @example console.log(v1.identity(v1.constant(3), { name: "three" }).name); // three:0
 */
export function identity(input: TensorInput, options: Named = {}): Tensor {
  return apply("Identity", options, [["input", input]], (x) => ({ attrs: { T: attr.type(x.dtype) } })).output;
}

/**
 * The same tensor, through which no gradient flows.
 *
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * const [gradient] = v1.gradients([v1.stopGradient(weights)], [weights]);
 * console.log(gradient); // null
 */
export function stopGradient(input: TensorInput, options: Named = {}): Tensor {
  return apply("StopGradient", options, [["input", input]], (x) => ({ attrs: { T: attr.type(x.dtype) } }))
    .output;
}

/**
 * The tensor as another type; itself if it is of that type.
 *
 * @example console.log(v1.cast([1.9, -1.9], "int32").eval()); // 1,-1
 */
export function cast(x: TensorInput, dtype: DType, options: Named = {}): Tensor {
  if (x instanceof Tensor && x.dtype === dtype) return x;
  return getDefaultGraph().nameScope(options.name ?? "Cast", (scope) => {
    const input = toTensor(x, { name: "x" });
    if (input.dtype === dtype) return input;
    return apply("Cast", { name: scope }, [["x", input]], ({ shape }) => ({
      attrs: { SrcT: attr.type(input.dtype), DstT: attr.type(dtype), Truncate: attr.bool(false) },
      outputs: [{ dtype, shape }],
    })).output;
  });
}

/**
 * The sizes of the dimensions, as int32: a constant where all are known.
 *
 * @example console.log(v1.shape([[1, 2, 3], [4, 5, 6]]).eval()); // 2,3
 */
export function shape(input: TensorInput, options: Named = {}): Tensor {
  return getDefaultGraph().nameScope(options.name ?? "Shape", (scope) => {
    const x = toTensor(input, { name: "input" });
    if (isFullyKnown(x.shape)) return integers(x.shape, { name: scope });
    return apply("Shape", { name: scope }, [["input", x]], () => ({
      attrs: { T: attr.type(x.dtype), out_type: attr.type("int32") },
      outputs: [{ dtype: "int32", shape: [x.shape?.length ?? null] }],
    })).output;
  });
}

/** A constant list of int32. */
export function integers(values: readonly number[], { name }: Named = {}): Tensor {
  return constant(Int32Array.from(values), { name });
}

/** A constant int32. */
export function integer(value: number, { name }: Named = {}): Tensor {
  return constant(value, { dtype: "int32", name });
}

/**
 * The elements in another shape.
 *
 * @param sizes -1 for one that follows from the others
 * @example
 * const x = v1.placeholder("float32", [null, 784]);
 * console.log(String(v1.reshape(x, [-1, 28, 28, 1]))); // Tensor("Reshape:0", shape=(?, 28, 28, 1), dtype=float32)
 */
export function reshape(tensor: TensorInput, sizes: readonly number[], options: Named = {}): Tensor {
  return getDefaultGraph().nameScope(options.name ?? "Reshape", (scope) => {
    const x = toTensor(tensor, { name: "tensor" });
    return reshapeTo(x, integers(sizes, { name: "shape" }), reshaped(x.shape, sizes), { name: scope });
  });
}

/**
 * The same with sizes that are a tensor.
 *
 * @param known what is known of them
 */
export function reshapeTo(tensor: Tensor, sizes: Tensor, known: PartialShape, { name }: Named = {}): Tensor {
  return apply(
    "Reshape",
    { name },
    [
      ["tensor", tensor],
      ["shape", sizes, "int32"],
    ],
    ({ dtype }) => ({
      attrs: { T: attr.type(dtype), Tshape: attr.type("int32") },
      outputs: [{ dtype, shape: known }],
    }),
  ).output;
}

function reshaped(from: PartialShape, sizes: readonly number[]): PartialShape {
  const count = elementCount(from);
  const others = sizes.filter((size) => size !== -1).reduce((a, b) => a * b, 1);
  return sizes.map((size) => (size !== -1 ? size : count === null || others === 0 ? null : count / others));
}

/**
 * The tensor with one more dimension, of size 1, before `axis`; or after the last, if -1.
 *
 * @example console.log(v1.expandDims([1, 2], -1).shape); // 2,1
 */
export function expandDims(input: TensorInput, axis: number, options: Named = {}): Tensor {
  return apply(
    "ExpandDims",
    options,
    [
      ["input", input],
      ["dim", axis, "int32"],
    ],
    ({ dtype, shape }) => ({
      attrs: { T: attr.type(dtype), Tdim: attr.type("int32") },
      outputs: [{ dtype, shape: shape?.toSpliced(axis < 0 ? shape.length + 1 + axis : axis, 0, 1) ?? null }],
    }),
  ).output;
}

/**
 * What tensors of one value are.
 *
 * @example
 * const options: v1.FillOptions = { dtype: "int32" };
 * console.log(v1.zeros([2], options).eval()); // 0,0
 */
export interface FillOptions extends Named {
  /** Default float32. */
  readonly dtype?: DType | undefined;
}

/**
 * A tensor of zeros.
 *
 * @example console.log(v1.zeros([3]).eval()); // 0,0,0
 */
export function zeros(sizes: readonly number[], options: FillOptions = {}): Tensor {
  return filled(0, sizes, "zeros", options);
}

/**
 * A tensor of ones.
 *
 * @example console.log(v1.ones([3]).eval()); // 1,1,1
 */
export function ones(sizes: readonly number[], options: FillOptions = {}): Tensor {
  return filled(1, sizes, "ones", options);
}

/** A constant if it is small; else made when it is needed, so that the graph stays small. */
function filled(value: number, sizes: readonly number[], kind: string, options: FillOptions): Tensor {
  const { dtype = "float32", name = kind } = options;
  return getDefaultGraph().nameScope(name, (scope) => {
    if ((elementCount(sizes) ?? 0) < 1000) return constant(value, { dtype, shape: sizes, name: scope });
    return fill(integers(sizes, { name: "shape_as_tensor" }), constant(value, { dtype }), sizes, {
      name: scope,
    });
  });
}

/** A tensor of one value, of a shape that is a tensor. */
export function fill(dims: Tensor, value: Tensor, known: PartialShape, { name }: Named = {}): Tensor {
  return apply(
    "Fill",
    { name },
    [
      ["dims", dims, "int32"],
      ["value", value],
    ],
    () => ({
      attrs: { T: attr.type(value.dtype), index_type: attr.type("int32") },
      outputs: [{ dtype: value.dtype, shape: known }],
    }),
  ).output;
}

/**
 * How zeros are made.
 *
 * @example
 * const options: v1.ZerosLikeOptions = { optimize: false };
 * console.log(v1.zerosLike([1, 2], options).op.op); // ZerosLike
 */
export interface ZerosLikeOptions extends Named {
  /** Whether they are a constant where the shape is known. Default true. */
  readonly optimize?: boolean | undefined;
}

/**
 * Zeros in the tensor's shape.
 *
 * @example console.log(v1.zerosLike([1, 2]).eval()); // 0,0
 */
export function zerosLike(input: TensorInput, options: ZerosLikeOptions = {}): Tensor {
  const { optimize = true, name = "zeros_like" } = options;
  return getDefaultGraph().nameScope(name, (scope) => {
    const x = toTensor(input, { name: "tensor" });
    if (optimize && isFullyKnown(x.shape)) return zeros(x.shape, { dtype: x.dtype, name: scope });
    return apply("ZerosLike", { name: scope }, [["x", x]], ({ dtype }) => ({
      attrs: { T: attr.type(dtype) },
    })).output;
  });
}

/** Products of matrices, sums of many tensors, choices between two. */
import { ShapeError } from "../../errors.ts";
import { attr } from "../../graph/attrs.ts";
import { broadcastShapes, describeShape, mergeShapes, type PartialShape } from "../../graph/shape.ts";
import { type TensorInput, toTensor } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import type { Tensor } from "../operation.ts";
import { identity, type Named } from "./array.ts";
import { maximum, minimum } from "./elementwise.ts";

/**
 * How matrices are multiplied.
 *
 * @example
 * const options: v1.MatMulOptions = { transposeB: true };
 * console.log(v1.matMul(v1.zeros([2, 3]), v1.zeros([4, 3]), options).shape); // 2,4
 */
export interface MatMulOptions extends Named {
  /** Whether the first matrix is transposed. Default false. */
  readonly transposeA?: boolean | undefined;
  /** Whether the second matrix is transposed. Default false. */
  readonly transposeB?: boolean | undefined;
}

/**
 * The product of two matrices.
 *
 * @throws ShapeError when their sizes do not fit
 * @example
 * const x = v1.placeholder("float32", [null, 784]);
 * const weights = v1.getVariable("weights", { shape: [784, 10] });
 * console.log(String(v1.matMul(x, weights))); // Tensor("MatMul:0", shape=(?, 10), dtype=float32)
 */
export function matMul(a: TensorInput, b: TensorInput, options: MatMulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, name } = options;
  const inputs = [
    ["a", a],
    ["b", b],
  ] as const;
  return apply("MatMul", { name }, inputs, (x, y) => {
    const [rows, inner] = matrixSizes(x, transposeA);
    const [innerToo, columns] = matrixSizes(y, transposeB);
    if (inner !== null && innerToo !== null && inner !== innerToo)
      throw new ShapeError(
        `matrices ${describeShape(x.shape)} and ${describeShape(y.shape)} cannot be multiplied: ${inner} against ${innerToo}`,
      );
    return {
      attrs: {
        T: attr.type(x.dtype),
        transpose_a: attr.bool(transposeA),
        transpose_b: attr.bool(transposeB),
      },
      outputs: [{ dtype: x.dtype, shape: [rows, columns] }],
    };
  }).output;
}

function matrixSizes(
  { name, shape }: Tensor,
  isTransposed: boolean,
): readonly [rows: number | null, columns: number | null] {
  if (shape === null) return [null, null];
  const [rows, columns, ...others] = shape;
  if (rows === undefined || columns === undefined || others.length > 0)
    throw new ShapeError(`${name} is no matrix: its shape is ${describeShape(shape)}`);
  return isTransposed ? [columns, rows] : [rows, columns];
}

/**
 * The sum of tensors of one shape; a single one itself, as there is nothing to add.
 *
 * @throws ShapeError when there is none, or shapes differ
 * @example
 * v1.addToCollection("losses", v1.constant(0.5));
 * v1.addToCollection("losses", v1.constant(0.25));
 * console.log(v1.addN(v1.getCollection("losses")).eval()); // 0.75
 */
export function addN(inputs: readonly TensorInput[], options: Named = {}): Tensor {
  const [first, ...others] = inputs.map((input, i) => toTensor(input, { name: `inputs_${i}` }));
  if (first === undefined) throw new ShapeError("addN of no tensors");
  const shape = others.reduce<PartialShape>((known, other) => mergeShapes(known, other.shape), first.shape);
  if (others.length === 0) return options.name === undefined ? first : identity(first, options);
  const all = [first, ...others].map((tensor, i) => [`inputs_${i}`, tensor] as const);
  return apply("AddN", options, all, ({ dtype }) => ({
    attrs: { T: attr.type(dtype), N: attr.int(all.length) },
    outputs: [{ dtype, shape }],
  })).output;
}

/**
 * Of two tensors, element by element, the first where the condition holds, else the second.
 *
 * @param condition of bool
 * @example
 * const x = v1.constant([1, -1]);
 * console.log(v1.select(v1.greater(x, 0), x, v1.zerosLike(x)).name); // SelectV2:0
 */
export function select(condition: TensorInput, x: TensorInput, y: TensorInput, options: Named = {}): Tensor {
  const inputs = [
    ["condition", condition, "bool"],
    ["t", x],
    ["e", y],
  ] as const;
  return apply("SelectV2", options, inputs, (chosen, a, b) => ({
    attrs: { T: attr.type(a.dtype) },
    outputs: [{ dtype: a.dtype, shape: broadcastShapes(chosen.shape, broadcastShapes(a.shape, b.shape)) }],
  })).output;
}

/**
 * The tensor with what lies outside of a range moved to its nearer end.
 *
 * @example console.log(v1.clipByValue([-1, 0.5, 2], 0, 1).eval()); // 0,0.5,1
 */
export function clipByValue(
  t: TensorInput,
  least: TensorInput,
  greatest: TensorInput,
  options: Named = {},
): Tensor {
  return getDefaultGraph().nameScope(options.name ?? "clip_by_value", (scope) =>
    maximum(minimum(toTensor(t, { name: "t" }), greatest), least, { name: scope }),
  );
}

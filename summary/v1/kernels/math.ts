/** Arithmetic on plain numbers, element by element or over all elements; results are rounded to their type. */
import { ShapeError } from "../../errors.ts";
import type { DType } from "../../graph/dtype.ts";
import { broadcastShapes, describeShape, elementCount } from "../../graph/shape.ts";
import { type Dense, numbers, numbersOf } from "../dense.ts";
import type { Kernel } from "../evaluation.ts";

/** Of one tensor, element by element. */
const unary = (compute: (x: number) => number): Kernel => {
  return (op, at) => {
    const x = at.value(op.inputs[0]!);
    const values = numbersOf(x);
    return filled(x.dtype, x.shape, (i) => compute(values[i]!));
  };
};

/** Of two tensors, element by element: of equal shapes, or one of them a single number. */
const binary = (compute: (x: number, y: number) => number): Kernel => {
  return (op, at) => {
    const [x, y] = [at.value(op.inputs[0]!), at.value(op.inputs[1]!)];
    const [xs, ys] = [numbersOf(x), numbersOf(y)];
    const [xStep, yStep] = [xs.length === 1 ? 0 : 1, ys.length === 1 ? 0 : 1];
    return filled(op.outputs[0]!.dtype, sharedShape(x, y), (i) => compute(xs[i * xStep]!, ys[i * yStep]!));
  };
};

/** Of one tensor, over all its dimensions. */
const reduction = (finish: (sum: number, count: number) => number): Kernel => {
  return (op, at) => {
    const x = at.value(op.inputs[0]!);
    const axes = new Set(numbersOf(at.value(op.inputs[1]!)));
    if (axes.size < x.shape.length || op.attrs.keep_dims?.b)
      throw new ShapeError(`${op.name} reduces some dimensions only, which is not done here: feed it`);
    const values = numbersOf(x);
    return filled(x.dtype, [], () => finish(sum(values), values.length));
  };
};

export const mathKernels: Readonly<Record<string, Kernel>> = {
  Abs: unary(Math.abs),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  Log: unary(Math.log),
  Neg: unary((x) => -x),
  Reciprocal: unary((x) => 1 / x),
  Sign: unary(Math.sign),
  Sqrt: unary(Math.sqrt),
  Square: unary((x) => x * x),
  AddV2: binary((x, y) => x + y),
  Sub: binary((x, y) => x - y),
  Mul: binary((x, y) => x * y),
  RealDiv: binary((x, y) => x / y),
  Pow: binary((x, y) => x ** y),
  Maximum: binary(Math.max),
  Minimum: binary(Math.min),
  Equal: binary((x, y) => Number(x === y)),
  Greater: binary((x, y) => Number(x > y)),
  GreaterEqual: binary((x, y) => Number(x >= y)),
  Less: binary((x, y) => Number(x < y)),
  LessEqual: binary((x, y) => Number(x <= y)),
  Mean: reduction((sum, count) => sum / count),
  Sum: reduction((sum) => sum),
  L2Loss(op, at) {
    const x = at.value(op.inputs[0]!);
    return filled(x.dtype, [], () => sum(numbersOf(x).map((value) => value * value)) / 2);
  },
  AddN(op, at) {
    const terms = op.inputs.map((input) => at.value(input));
    const { dtype, shape } = terms[0]!;
    const values = terms.map(numbersOf);
    return filled(dtype, shape, (i) => values.reduce((total, term) => total + term[i]!, 0));
  },
  ArgMax(op, at) {
    const x = at.value(op.inputs[0]!);
    const [axis] = numbersOf(at.value(op.inputs[1]!));
    const size = x.shape.at(-1) ?? 0;
    if (axis !== x.shape.length - 1 && axis !== -1)
      throw new ShapeError(`${op.name} is not along the last dimension, which is not done here: feed it`);
    const values = numbersOf(x);
    return filled(op.outputs[0]!.dtype, x.shape.slice(0, -1), (row) =>
      indexOfGreatest(values.subarray(row * size, (row + 1) * size)),
    );
  },
};

function filled(dtype: DType, shape: readonly number[], element: (index: number) => number): Dense {
  const data = numbers(dtype, elementCount(shape) ?? 0);
  for (let i = 0; i < data.length; i++) data[i] = element(i);
  return { dtype, shape, data };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function indexOfGreatest(values: ArrayLike<number>): number {
  let greatest = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[greatest]!) greatest = i;
  return greatest;
}

function sharedShape(x: Dense, y: Dense): readonly number[] {
  const shape = broadcastShapes(x.shape, y.shape)?.filter((size) => size !== null) ?? [];
  const count = elementCount(shape);
  if ([x, y].every(({ data }) => data.length === 1 || data.length === count)) return shape;
  throw new ShapeError(
    `shapes ${describeShape(x.shape)} and ${describeShape(y.shape)} are not broadcast here: feed the result`,
  );
}

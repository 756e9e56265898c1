/** The points of an embedding: a matrix from whatever training code has, one row a point. */
import type { NumericArray } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { checkShape, isTensorLike, type Numbers, type TensorLike, toDoubles } from "../tensor-like.ts";

/**
 * A matrix, one row a point: a tensor of shape [points, dimensions], rows of numbers of equal length, or all numbers
 * row by row in a typed array, whose shape stands in the options.
 *
 * @example
 * const vectors: Vectors = [Float32Array.of(0, 1), Float32Array.of(1, 0)];
 * await writer.projector("points", vectors);
 */
export type Vectors = TensorLike | NumericArray | readonly Numbers[];

export interface Points {
  readonly count: number;
  readonly dimensions: number;
  /** Row by row. A copy: the training may go on with its own. */
  readonly data: Float32Array;
}

/**
 * @param shape [points, dimensions]; default: the tensor's own
 * @throws ShapeError when it is no matrix of at least one point, or rows differ in length
 * @throws ValueError when something is not a number
 */
export function toPoints(vectors: Vectors, shape: readonly number[] | undefined): Points {
  if (Array.isArray(vectors)) return fromRows(vectors);
  if (!isTensorLike(vectors) && !ArrayBuffer.isView(vectors))
    throw new ValueError(`vectors are a tensor, rows of numbers or a typed array, not ${describe(vectors)}`);
  const dims = shape ?? (isTensorLike(vectors) ? vectors.shape : undefined);
  if (dims === undefined) throw new ShapeError("vectors in one array need a shape: [points, dimensions]");
  const data = Float32Array.from(toDoubles(vectors));
  checkShape(dims, data.length);
  return matrix(dims, data);
}

function fromRows(rows: readonly Numbers[]): Points {
  const doubles = rows.map(toDoubles);
  const dimensions = doubles[0]?.length ?? 0;
  const other = doubles.findIndex((row) => row.length !== dimensions);
  if (other >= 0)
    throw new ShapeError(
      `vectors have ${dimensions} dimensions, but row ${other} has ${doubles[other]?.length} numbers`,
    );
  const data = new Float32Array(rows.length * dimensions);
  for (const [i, row] of doubles.entries()) data.set(row, i * dimensions);
  return matrix([rows.length, dimensions], data);
}

function matrix(shape: readonly number[], data: Float32Array): Points {
  const [count, dimensions] = shape;
  if (shape.length !== 2 || !count || !dimensions)
    throw new ShapeError(
      `vectors are a matrix [points, dimensions] of at least one point, not [${shape.join(", ")}]`,
    );
  return { count, dimensions, data };
}

/** Principal components from the whole covariance. */
import type { PointSet } from "../point-set.ts";
import type { Work } from "../work.ts";
import type { PrincipalAxes } from "./axes.ts";
import { scoresAlong } from "./axes.ts";
import { symmetricEigen } from "./eigen.ts";

/** So many rows are summed in 32 bits before their sum is added in 64. */
const BLOCK = 128;

export function* exactAxes(points: PointSet): Work<PrincipalAxes> {
  const { dims, count } = points;
  const means = yield* meansOf(points);
  const { values, vectors } = yield* symmetricEigen(yield* covarianceOf(points, means), dims);
  const known = Math.min(dims, Math.max(1, count));
  const variances = values.slice(0, known).map((value) => Math.max(0, value));
  return {
    variances,
    totalVariance: variances.reduce((sum, value) => sum + value, 0),
    exact: true,
    scores: (component) =>
      scoresAlong(points, vectors.subarray(component * dims, (component + 1) * dims), means),
  };
}

/** The mean of each dimension, in 64 bits. */
export function* meansOf(points: PointSet): Work<Float64Array<ArrayBuffer>> {
  const { kernels, stride, dims, count } = points;
  const room = kernels.room();
  try {
    const sumsAt = room.reserve(stride * 8);
    kernels.doubles(sumsAt, stride).fill(0);
    const ones = room.reserve(count * 4);
    kernels.floats(ones, count).fill(1);
    yield* points.inPieces("covariance", (from, to) =>
      kernels.run.weightedSum(points.address(from), to - from, stride, ones, sumsAt),
    );
    return kernels.doubles(sumsAt, dims).map((sum) => sum / Math.max(1, count));
  } finally {
    room.free();
  }
}

/** Divided by the points less one, as scikit-learn has it. */
function* covarianceOf(points: PointSet, means: Float64Array): Work<Float64Array<ArrayBuffer>> {
  const { kernels, stride, dims, count } = points;
  const room = kernels.room();
  try {
    const centre = room.reserve(stride * 4);
    kernels.floats(centre, stride).fill(0);
    kernels.floats(centre, dims).set(means);
    const block = room.reserve(BLOCK * stride * 4);
    const sums = room.reserve(stride * stride * 8);
    kernels.doubles(sums, stride * stride).fill(0);
    for (let from = 0; from < count; from += BLOCK) {
      const rows = Math.min(BLOCK, count - from);
      kernels.run.subtractCentre(points.address(from), rows, stride * 4, centre, block);
      kernels.run.addProducts(block, rows, stride, sums);
      yield { stage: "covariance", done: from + rows, of: count };
    }
    return wholeMatrix(kernels.doubles(sums, stride * stride), stride, dims, 1 / Math.max(1, count - 1));
  } finally {
    room.free();
  }
}

/** Both halves, from the lower one of a wider matrix, scaled. */
export function wholeMatrix(
  half: Float64Array,
  stride: number,
  size: number,
  scale: number,
): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = half[i * stride + j]! * scale;
      whole[i * size + j] = value;
      whole[j * size + i] = value;
    }
  return whole;
}

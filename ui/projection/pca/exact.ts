/** Principal components from the whole covariance. */
import type { PointSet } from "../point-set.ts";
import { inPieces, type Work } from "../work.ts";
import { symmetricEigen } from "./eigen.ts";

/** The axes of a cloud of points, and how far it reaches along each. */
export interface PrincipalAxes {
  /** Largest first; all where exact. */
  readonly variances: Float64Array<ArrayBuffer>;
  readonly totalVariance: number;
  /** As many directions as variances, `dims` numbers each. */
  readonly directions: Float64Array<ArrayBuffer>;
  readonly means: Float64Array<ArrayBuffer>;
  readonly exact: boolean;
}

export function* exactAxes(points: PointSet): Work<PrincipalAxes> {
  const { dims, count } = points;
  const means = yield* meansOf(points);
  const covariance = yield* covarianceOf(points, means);
  yield { stage: "eigenvectors", done: 0, of: 0 };
  const { values, vectors } = symmetricEigen(covariance, dims);
  const known = Math.min(dims, count);
  const variances = values.slice(0, known).map((value) => Math.max(0, value));
  return {
    variances,
    totalVariance: variances.reduce((sum, value) => sum + value, 0),
    directions: vectors.slice(0, known * dims),
    means,
    exact: true,
  };
}

export function* meansOf({ data, dims, count }: PointSet): Work<Float64Array<ArrayBuffer>> {
  const means = new Float64Array(dims);
  yield* inPieces("covariance", count, 1 << 14, (from, to) => {
    for (let point = from, at = from * dims; point < to; point++)
      for (let d = 0; d < dims; d++) means[d] = means[d]! + data[at++]!;
  });
  return means.map((sum) => sum / Math.max(1, count));
}

/** Divided by the points less one, as scikit-learn has it. */
function* covarianceOf(points: PointSet, means: Float64Array): Work<Float64Array<ArrayBuffer>> {
  const { data, dims, count } = points;
  const sums = new Float64Array(dims * dims);
  const centred = new Float64Array(dims);
  const addPoint = (point: number): void => {
    for (let d = 0; d < dims; d++) centred[d] = data[point * dims + d]! - means[d]!;
    for (let i = 0; i < dims; i++) {
      const value = centred[i]!;
      if (value === 0) continue;
      for (let j = 0, at = i * dims; j <= i; j++) sums[at + j] = sums[at + j]! + value * centred[j]!;
    }
  };
  const piece = Math.max(1, Math.floor(5e6 / (dims * dims)));
  yield* inPieces("covariance", count, piece, (from, to) => {
    for (let point = from; point < to; point++) addPoint(point);
  });
  const scale = 1 / Math.max(1, count - 1);
  for (let i = 0; i < dims; i++)
    for (let j = 0; j <= i; j++) {
      const value = sums[i * dims + j]! * scale;
      sums[i * dims + j] = value;
      sums[j * dims + i] = value;
    }
  return sums;
}

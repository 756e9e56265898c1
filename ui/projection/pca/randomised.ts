/**
 * The first principal components of wide vectors by randomised subspace iteration (Halko, Martinsson and Tropp, SIAM
 * Review 2011): the covariance is only ever multiplied with a few vectors, never made.
 */
import type { PointSet } from "../point-set.ts";
import { gaussian, randomNumbers } from "../random.ts";
import type { Work } from "../work.ts";
import { type PrincipalAxes, scoresAlong } from "./axes.ts";
import { symmetricEigen } from "./eigen.ts";
import { meansOf } from "./exact.ts";

/** How many more vectors than components are iterated: the last ones settle late. */
const SPARE = 10;
const ROUNDS = 7;

export function* randomisedAxes(points: PointSet, components: number, seed: number): Work<PrincipalAxes> {
  const { dims, count } = points;
  const width = Math.min(dims, count, components + SPARE);
  const means = yield* meansOf(points);
  const random = randomNumbers(seed);
  let basis = Array.from({ length: width }, () =>
    Float64Array.from({ length: dims }, () => gaussian(random)),
  );
  orthonormalise(basis);
  for (let round = 0; round < ROUNDS; round++) {
    basis = yield* timesCovariance(points, means, basis, round);
    if (round < ROUNDS - 1) orthonormalise(basis);
  }
  // C Q is at hand: with Q' = orthonormal C Q, the small matrix Q'ᵀ C Q' has the variances.
  orthonormalise(basis);
  const image = yield* timesCovariance(points, means, basis, ROUNDS);
  const small = new Float64Array(width * width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++)
      small[i * width + j] = (product(basis[i]!, image[j]!) + product(basis[j]!, image[i]!)) / 2;
  const { values, vectors } = yield* symmetricEigen(small, width);
  const known = Math.min(components, width);
  const directions = Array.from({ length: known }, (_, c) =>
    mixture(basis, vectors.subarray(c * width, (c + 1) * width)),
  );
  return {
    variances: values.slice(0, known).map((value) => Math.max(0, value)),
    totalVariance: yield* totalVarianceOf(points, means),
    exact: false,
    scores: (component) => scoresAlong(points, directions[component]!, means),
  };
}

/** C v for each vector, in two passes over the points a vector: along it, and back. */
function* timesCovariance(
  points: PointSet,
  means: Float64Array,
  vectors: readonly Float64Array[],
  round: number,
): Work<Float64Array<ArrayBuffer>[]> {
  const { kernels, stride, dims, count } = points;
  const room = kernels.room();
  try {
    const vectorAt = room.reserve(stride * 4);
    const alongAt = room.reserve(count * 4);
    const sumsAt = room.reserve(stride * 8);
    const products: Float64Array<ArrayBuffer>[] = [];
    for (const [i, vector] of vectors.entries()) {
      kernels.floats(vectorAt, stride).fill(0);
      kernels.floats(vectorAt, dims).set(vector);
      kernels.doubles(sumsAt, stride).fill(0);
      const offset = product(means, vector);
      const size = Math.max(1, Math.floor(2e6 / stride));
      let sumAlong = 0;
      for (let from = 0; from < count; from += size) {
        const rows = Math.min(size, count - from);
        const at = alongAt + from * 4;
        kernels.run.dotsWith(points.address(from), rows, stride * 4, vectorAt, offset, at);
        kernels.run.weightedSum(points.address(from), rows, stride, at, sumsAt);
        for (const value of kernels.floats(at, rows)) sumAlong += value;
        yield { stage: "eigenvectors", done: round * vectors.length + i, of: (ROUNDS + 1) * vectors.length };
      }
      const scale = 1 / Math.max(1, count - 1);
      products.push(kernels.doubles(sumsAt, dims).map((sum, d) => (sum - sumAlong * means[d]!) * scale));
    }
    return products;
  } finally {
    room.free();
  }
}

function* totalVarianceOf(points: PointSet, means: Float64Array): Work<number> {
  const { count, dims } = points;
  let sum = 0;
  yield* points.inPieces("eigenvectors", (from, to) => {
    for (let point = from; point < to; point++) {
      const values = points.point(point);
      for (let d = 0; d < dims; d++) sum += (values[d]! - means[d]!) ** 2;
    }
  });
  return sum / Math.max(1, count - 1);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function mixture(basis: readonly Float64Array[], weights: Float64Array): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(basis[0]!.length);
  for (const [i, vector] of basis.entries())
    for (let d = 0; d < sum.length; d++) sum[d] = sum[d]! + weights[i]! * vector[d]!;
  return sum;
}

/** Gram and Schmidt, twice: once leaves too much of the vectors before. What is nothing but them becomes 0. */
function orthonormalise(basis: readonly Float64Array[]): void {
  for (const [i, vector] of basis.entries()) {
    const before = Math.sqrt(product(vector, vector));
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < i; j++) {
        const along = product(vector, basis[j]!);
        for (let d = 0; d < vector.length; d++) vector[d] = vector[d]! - along * basis[j]![d]!;
      }
    const length = Math.sqrt(product(vector, vector));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let d = 0; d < vector.length; d++) vector[d] = vector[d]! * scale;
  }
}

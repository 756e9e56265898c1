/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL with implicit
 * shifts (Golub and Van Loan, Matrix Computations, 8.3). All of them, exact to rounding.
 */

import type { Work } from "../work.ts";

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array<ArrayBuffer>;
  /** size × size: the vector of value i is row i, of length one. */
  readonly vectors: Float64Array<ArrayBuffer>;
}

/** @param matrix size × size, symmetric; it is overwritten */
export function* symmetricEigen(matrix: Float64Array<ArrayBuffer>, size: number): Work<Eigen> {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const q = yield* tridiagonalise(matrix, size, diagonal, beside);
  yield* diagonalise(q, size, diagonal, beside);
  return sorted(diagonal, q, size);
}

/**
 * Q A Qᵀ = T. Reflection k makes column k zero below the second diagonal; it is kept there and applied at the end.
 *
 * @returns Q, whose rows turn into eigenvectors
 */
function* tridiagonalise(
  a: Float64Array<ArrayBuffer>,
  n: number,
  diagonal: Float64Array,
  beside: Float64Array,
): Work<Float64Array<ArrayBuffer>> {
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  const betas = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    betas[k] = reflection(a, n, k, v);
    if (betas[k] !== 0) reflectBothSides(a, n, k + 1, v, betas[k]!, p);
    beside[k] = a[(k + 1) * n + k]!;
    // The row of the upper half is free now: the reflection stays there until Q is made.
    for (let i = k + 1; i < n; i++) a[k * n + i] = v[i]!;
    yield { stage: "eigenvectors", done: k, of: 3 * n };
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i]!;
  return yield* product(a, n, betas);
}

/** Makes v and beta such that (I - beta v vᵀ) leaves of column k below the diagonal only its first; sets that one. */
function reflection(a: Float64Array, n: number, k: number, v: Float64Array): number {
  let norm = 0;
  let scale = 0;
  for (let i = k + 1; i < n; i++) scale = Math.max(scale, Math.abs(a[i * n + k]!));
  if (scale === 0) {
    v.fill(0, k + 1);
    return 0;
  }
  for (let i = k + 1; i < n; i++) {
    v[i] = a[i * n + k]! / scale;
    norm += v[i]! ** 2;
  }
  const first = v[k + 1]!;
  const alpha = first > 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
  v[k + 1] = first - alpha;
  a[(k + 1) * n + k] = alpha * scale;
  const length = norm - first * first + v[k + 1]! ** 2;
  return length === 0 ? 0 : 2 / length;
}

/** A ← H A H from row and column `from` on, both halves. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  from: number,
  v: Float64Array,
  beta: number,
  p: Float64Array,
): void {
  let along = 0;
  for (let i = from; i < n; i++) {
    let sum = 0;
    const row = i * n;
    for (let j = from; j < n; j++) sum += a[row + j]! * v[j]!;
    p[i] = beta * sum;
    along += p[i]! * v[i]!;
  }
  const half = (beta * along) / 2;
  for (let i = from; i < n; i++) p[i] = p[i]! - half * v[i]!;
  for (let i = from; i < n; i++) {
    const row = i * n;
    const vi = v[i]!;
    const pi = p[i]!;
    for (let j = from; j < n; j++) a[row + j] = a[row + j]! - vi * p[j]! - pi * v[j]!;
  }
}

/** The reflections one after the other: Qᵀ row by row, from the last reflection to the first. */
function* product(a: Float64Array, n: number, betas: Float64Array): Work<Float64Array<ArrayBuffer>> {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  const sums = new Float64Array(n);
  for (let k = n - 2; k >= 0; k--) {
    const beta = betas[k]!;
    if (beta === 0) continue;
    const v = a.subarray(k * n, (k + 1) * n);
    // Q ← Q H, on rows and columns from k + 1 on, where alone it is not the identity.
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      const row = i * n;
      for (let j = k + 1; j < n; j++) sum += q[row + j]! * v[j]!;
      sums[i] = beta * sum;
    }
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const sum = sums[i]!;
      for (let j = k + 1; j < n; j++) q[row + j] = q[row + j]! - sum * v[j]!;
    }
    yield { stage: "eigenvectors", done: 2 * n - k, of: 3 * n };
  }
  return q;
}

/** QL with implicit shifts on the two diagonals; every rotation turns two rows of q. */
function* diagonalise(q: Float64Array, n: number, d: Float64Array, e: Float64Array): Work<void> {
  e[n - 1] = 0;
  // Of the whole matrix: beside values of zero, which dimensions that are the same in all rows give, rounding settles never.
  const negligible =
    Number.EPSILON * d.reduce((most, value, i) => Math.max(most, Math.abs(value) + Math.abs(e[i]!)), 0);
  for (let l = 0; l < n; l++)
    for (let turn = 0; ; turn++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]!) > negligible) m++;
      if (m === l) break;
      // It takes two turns a value; more than thirty mean NaN in the matrix.
      if (turn > 60) throw new Error("The eigenvalues do not settle: is there a NaN in the matrix?");
      chase(q, n, d, e, l, m);
      yield { stage: "eigenvectors", done: 2 * n + l, of: 3 * n };
    }
}

/** One sweep from row m up to row l. */
function chase(q: Float64Array, n: number, d: Float64Array, e: Float64Array, l: number, m: number): void {
  let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  let r = Math.hypot(g, 1);
  g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = d[i + 1]! - p;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1]! - p;
    r = (d[i]! - g) * sine + 2 * cosine * b;
    p = sine * r;
    d[i + 1] = g + p;
    g = cosine * r - b;
    rotate(q, n, i, sine, cosine);
  }
  d[l] = d[l]! - p;
  e[l] = g;
  e[m] = 0;
}

function rotate(q: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  const low = i * n;
  const high = low + n;
  for (let k = 0; k < n; k++) {
    const upper = q[high + k]!;
    const lower = q[low + k]!;
    q[high + k] = sine * lower + cosine * upper;
    q[low + k] = cosine * lower - sine * upper;
  }
}

function sorted(diagonal: Float64Array, q: Float64Array, n: number): Eigen {
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b]! - diagonal[a]!);
  const values = Float64Array.from(order, (i) => diagonal[i]!);
  const vectors = new Float64Array(n * n);
  for (const [to, from] of order.entries()) vectors.set(q.subarray(from * n, (from + 1) * n), to * n);
  return { values, vectors };
}

/**
 * Lays one picture over another of the same rows: turned, mirrored and moved so that the squared distances between the
 * same rows are smallest (orthogonal Procrustes analysis), so that rows glide a short way.
 */
import { symmetricEigen } from "./pca/eigen.ts";
import type { Positions } from "./types.ts";
import { run } from "./work.ts";

/**
 * `from` laid over `to`, a new array. Rows without a place in either have no say, and keep NaN where they had none.
 *
 * @param options.scale also makes it larger or smaller; pictures that have little in common get very small. Default no
 */
export function procrustes(
  from: Positions,
  to: Positions,
  options: { readonly scale?: boolean } = {},
): Positions {
  if (from.dims !== to.dims || from.data.length !== to.data.length)
    throw new RangeError("only pictures of the same rows in as many dimensions can be laid over each other");
  const { dims } = from;
  const rows = from.data.length / dims;
  const shared = sharedRows(from.data, to.data, rows, dims);
  if (shared.length === 0) return { data: from.data.slice(), dims };
  const centreFrom = centreOf(from.data, dims, shared);
  const centreTo = centreOf(to.data, dims, shared);
  const { turn, scale } = bestTurn(from.data, to.data, dims, shared, centreFrom, centreTo);
  const factor = options.scale ? scale : 1;
  const data = new Float32Array(from.data.length);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < dims; i++) {
      let sum = 0;
      for (let j = 0; j < dims; j++)
        sum += (from.data[row * dims + j]! - centreFrom[j]!) * turn[j * dims + i]!;
      data[row * dims + i] = sum * factor + centreTo[i]!;
    }
  return { data, dims };
}

/** So many rows say how to turn all: more say the same, and the page would wait for them. */
const MOST_ROWS = 100_000;

/** Rows with a place in both; of very many, one in so many. */
function sharedRows(from: Float32Array, to: Float32Array, rows: number, dims: number): Uint32Array {
  const step = Math.ceil(rows / MOST_ROWS);
  const shared = new Uint32Array(Math.ceil(rows / step));
  let count = 0;
  for (let row = 0; row < rows; row += step)
    if (hasPlace(from, row, dims) && hasPlace(to, row, dims)) shared[count++] = row;
  return shared.subarray(0, count);
}

function hasPlace(data: Float32Array, row: number, dims: number): boolean {
  for (let d = 0; d < dims; d++) if (!Number.isFinite(data[row * dims + d]!)) return false;
  return true;
}

function centreOf(data: Float32Array, dims: number, rows: Uint32Array): Float64Array {
  const centre = new Float64Array(dims);
  for (const row of rows) for (let d = 0; d < dims; d++) centre[d] = centre[d]! + data[row * dims + d]!;
  return centre.map((sum) => sum / rows.length);
}

/** M = Fᵀ T = U S Vᵀ; the turn is U Vᵀ, the scale the trace of S over that of Fᵀ F. */
function bestTurn(
  from: Float32Array,
  to: Float32Array,
  dims: number,
  rows: Uint32Array,
  centreFrom: Float64Array,
  centreTo: Float64Array,
): { readonly turn: Float64Array; readonly scale: number } {
  const cross = new Float64Array(dims * dims);
  let spread = 0;
  for (const row of rows)
    for (let i = 0; i < dims; i++) {
      const value = from[row * dims + i]! - centreFrom[i]!;
      spread += value * value;
      for (let j = 0; j < dims; j++)
        cross[i * dims + j] = cross[i * dims + j]! + value * (to[row * dims + j]! - centreTo[j]!);
    }
  const { turn, trace } = polar(cross, dims);
  return { turn, scale: spread > 0 && trace > 0 ? trace / spread : 1 };
}

/** The orthogonal factor of a small matrix, and the sum of its singular values. */
function polar(m: Float64Array, n: number): { readonly turn: Float64Array; readonly trace: number } {
  const square = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) square[i * n + j] = square[i * n + j]! + m[k * n + i]! * m[k * n + j]!;
  const { values, vectors } = run(symmetricEigen(square, n));
  const left = new Float64Array(n * n);
  let trace = 0;
  for (let c = 0; c < n; c++) {
    const singular = Math.sqrt(Math.max(0, values[c]!));
    trace += singular;
    const column = new Float64Array(n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) column[i] = column[i]! + m[i * n + j]! * vectors[c * n + j]!;
    setOrthogonal(left, n, c, column, singular > 1e-9 * Math.sqrt(Math.max(0, values[0]!)));
  }
  const turn = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let c = 0; c < n; c++) turn[i * n + j] = turn[i * n + j]! + left[c * n + i]! * vectors[c * n + j]!;
  return { turn, trace };
}

/** Sets row c to the candidate, made orthogonal to the rows before it; where it says nothing, to any other direction. */
function setOrthogonal(
  left: Float64Array,
  n: number,
  c: number,
  candidate: Float64Array,
  usable: boolean,
): void {
  for (let axis = usable ? -1 : 0; axis < n; axis++) {
    const vector = axis < 0 ? candidate : Float64Array.from({ length: n }, (_, i) => (i === axis ? 1 : 0));
    for (let before = 0; before < c; before++) {
      let along = 0;
      for (let i = 0; i < n; i++) along += vector[i]! * left[before * n + i]!;
      for (let i = 0; i < n; i++) vector[i] = vector[i]! - along * left[before * n + i]!;
    }
    const length = Math.hypot(...vector);
    if (length < (axis < 0 ? 1e-300 : 0.1)) continue;
    for (let i = 0; i < n; i++) left[c * n + i] = vector[i]! / length;
    return;
  }
}

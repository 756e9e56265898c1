/** From positions, in whatever units a projection has, to places in a ball of radius one that the stage shows. */
import type { Positions } from "../../../projection/types.ts";

/** Three numbers a row; NaN where a row has no place. */
export type Places = Float32Array<ArrayBuffer>;

/** Outliers may lie so many times further out than nearly all points. */
const OUTLIERS = 2.2;
/** Looked at to find out how far points spread. */
const MOST_SAMPLES = 20_000;

/** The centre of the rows in the middle of the ball, and all but outliers in it. */
export function placesOf({ data, dims }: Positions): Places {
  const rows = data.length / dims;
  const centre = [0, 0, 0];
  let found = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * dims;
    if (!Number.isFinite(data[at]!)) continue;
    found++;
    for (let d = 0; d < dims; d++) centre[d]! += data[at + d]!;
  }
  for (let d = 0; d < dims; d++) centre[d] = found > 0 ? centre[d]! / found : 0;
  const scale = 1 / reach(data, dims, rows, centre);
  const places = new Float32Array(rows * 3);
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < 3; d++)
      places[row * 3 + d] = d < dims ? (data[row * dims + d]! - centre[d]!) * scale : 0;
  // What has no place must not show in the middle of the axis that is not there.
  if (dims === 2)
    for (let row = 0; row < rows; row++)
      if (!Number.isFinite(places[row * 3]!)) places[row * 3 + 2] = Number.NaN;
  return places;
}

function reach(data: Float32Array, dims: number, rows: number, centre: readonly number[]): number {
  const every = Math.max(1, Math.floor(rows / MOST_SAMPLES));
  const distances: number[] = [];
  let furthest = 0;
  for (let row = 0; row < rows; row++) {
    let square = 0;
    for (let d = 0; d < dims; d++) square += (data[row * dims + d]! - centre[d]!) ** 2;
    if (!Number.isFinite(square)) continue;
    const distance = Math.sqrt(square);
    if (distance > furthest) furthest = distance;
    if (row % every === 0) distances.push(distance);
  }
  distances.sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length * 0.98)] ?? 0;
  return Math.max(usual, furthest / OUTLIERS) || 1;
}

/** Columns of numbers as positions. @param columns two or three, one an axis */
export function positionsOf(columns: readonly ArrayLike<number>[]): Positions {
  const dims = columns.length >= 3 ? 3 : 2;
  const rows = columns[0]?.length ?? 0;
  const data = new Float32Array(rows * dims);
  for (let d = 0; d < dims; d++) {
    const column = columns[d];
    for (let row = 0; row < rows; row++) data[row * dims + d] = column ? column[row]! : 0;
  }
  return { data, dims };
}

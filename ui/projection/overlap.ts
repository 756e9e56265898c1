/** How far the neighbourhoods of the same rows are the same in two sets of vectors. */
import type { Overlap } from "./types.ts";

export interface RowNeighbours {
  /** rows × width, nearest first; -1 where there are none. */
  readonly indices: Int32Array;
  readonly width: number;
}

/** Of the k nearest in each, or of as many as both have. */
export function neighbourOverlap(a: RowNeighbours, b: RowNeighbours, asked: number): Overlap {
  const k = Math.min(asked, a.width, b.width);
  const rows = a.width > 0 ? a.indices.length / a.width : 0;
  if (k > 0 && b.indices.length / b.width !== rows)
    throw new RangeError(`${rows} rows cannot be compared with ${b.indices.length / b.width}`);
  const shares = new Float32Array(rows);
  let sum = 0;
  let compared = 0;
  for (let row = 0; row < rows; row++) {
    const here = a.indices.subarray(row * a.width, row * a.width + k);
    const there = b.indices.subarray(row * b.width, row * b.width + k);
    if (here[0]! < 0 || there[0]! < 0) {
      shares[row] = Number.NaN;
      continue;
    }
    let same = 0;
    for (const point of here) if (there.includes(point)) same++;
    shares[row] = same / k;
    sum += same / k;
    compared++;
  }
  return { shares, mean: compared > 0 ? sum / compared : Number.NaN, k };
}

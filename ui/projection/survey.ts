/** What there is to say of rows before anything is computed from them. */
import type { Kernels } from "./kernels/index.ts";
import type { Work } from "./work.ts";

export interface Survey {
  /** Rows with a NaN or an infinity, ascending; nothing else is counted of them. */
  readonly leftOut: Uint32Array<ArrayBuffer>;
  readonly centroid: Float64Array<ArrayBuffer>;
  /** How many rows are equal to an earlier one. */
  readonly duplicates: number;
  /** How many dimensions have the same value everywhere. */
  readonly constantDims: number;
}

const ROWS_A_PIECE = 1 << 13;

/** @param at where the rows lie, each with zeros up to a multiple of four numbers */
export function* survey(kernels: Kernels, at: number, rows: number, dims: number): Work<Survey> {
  const stride = Math.ceil(dims / 4) * 4;
  const room = kernels.room();
  try {
    const smallest = room.reserve(stride * 4);
    const largest = room.reserve(stride * 4);
    const sums = room.reserve(stride * 8);
    const hashes = room.reserve(rows * 4);
    const unfinite = room.reserve(rows);
    kernels.floats(smallest, stride).fill(Number.POSITIVE_INFINITY);
    kernels.floats(largest, stride).fill(Number.NEGATIVE_INFINITY);
    kernels.doubles(sums, stride).fill(0);
    for (let from = 0; from < rows; from += ROWS_A_PIECE) {
      const count = Math.min(ROWS_A_PIECE, rows - from);
      const first = at + from * stride * 4;
      kernels.run.survey(first, count, stride, smallest, largest, sums, hashes + from * 4, unfinite + from);
      yield { stage: "load", done: from + count, of: rows };
    }
    const leftOut = indicesOfOnes(kernels.bytes(unfinite, rows));
    const kept = rows - leftOut.length;
    const highs = kernels.floats(largest, dims);
    return {
      leftOut,
      centroid: kernels.doubles(sums, dims).map((sum) => (kept > 0 ? sum / kept : 0)),
      duplicates: yield* countDuplicates(
        kernels.floats(at, rows * stride),
        stride,
        kernels.integers(hashes, rows),
        kernels.bytes(unfinite, rows),
      ),
      constantDims: kernels.floats(smallest, dims).reduce((n, low, d) => n + (low === highs[d] ? 1 : 0), 0),
    };
  } finally {
    room.free();
  }
}

function indicesOfOnes(flags: Uint8Array): Uint32Array<ArrayBuffer> {
  const found: number[] = [];
  for (let i = flags.indexOf(1); i >= 0; i = flags.indexOf(1, i + 1)) found.push(i);
  return Uint32Array.from(found);
}

/** Rows in a table by their hashes; those that are equal to one that is there are counted. */
function* countDuplicates(
  data: Float32Array,
  stride: number,
  hashes: Int32Array,
  unfinite: Uint8Array,
): Work<number> {
  const rows = hashes.length;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(1.5 * rows + 1))).fill(-1);
  const mask = slots.length - 1;
  const equal = (a: number, b: number): boolean => {
    for (let i = 0; i < stride; i++) if (data[a * stride + i] !== data[b * stride + i]) return false;
    return true;
  };
  let duplicates = 0;
  for (let row = 0; row < rows; row++) {
    if (row % (1 << 16) === 0) yield { stage: "load", done: row, of: rows };
    if (unfinite[row]) continue;
    let slot = hashes[row]! & mask;
    for (; slots[slot]! >= 0; slot = (slot + 1) & mask)
      if (hashes[slots[slot]!] === hashes[row] && equal(slots[slot]!, row)) break;
    if (slots[slot]! >= 0) duplicates++;
    else slots[slot] = row;
  }
  return duplicates;
}

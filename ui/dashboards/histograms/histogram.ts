/** Histograms as columns of buckets, cut anew into even bins so that those of several steps or runs can be compared. */
import type { Tensor } from "../../../client/records-table.ts";
import type { Range } from "../../charts/line.ts";

/** Buckets in order: from `left[i]` to `right[i]` there are `count[i]` values. */
export interface Histogram {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly count: Float64Array;
}

/** A tensor of shape [buckets, 3] as buckets; null for anything else. */
export function histogramOf({ shape, data }: Tensor): Histogram | null {
  const [buckets, columns] = shape;
  if (buckets === 0)
    return { left: new Float64Array(), right: new Float64Array(), count: new Float64Array() };
  if (shape.length !== 2 || buckets === undefined || columns === undefined || columns < 3) return null;
  if (typeof data[0] === "string") return null;
  const column = (place: number) =>
    Float64Array.from({ length: buckets }, (_, i) => Number(data[i * columns + place]));
  return { left: column(0), right: column(1), count: column(2) };
}

/** Below it there are no digits left to divide by. */
const LEAST = 1e-300;

const edges = new WeakMap<Histogram, Range>();

/** From the least edge to the greatest of the buckets that hold anything; from Infinity to -Infinity where none does. */
function edgesOf(histogram: Histogram): Range {
  const known = edges.get(histogram);
  if (known) return known;
  const { left, right, count } = histogram;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count.length; i++) {
    if (!(count[i]! > 0)) continue;
    // An edge at infinity is the outermost of TensorFlow 1's own buckets.
    if (Number.isFinite(left[i])) low = Math.min(low, left[i]!);
    if (Number.isFinite(right[i])) high = Math.max(high, right[i]!);
  }
  edges.set(histogram, [low, high]);
  return [low, high];
}

/** From the least edge to the greatest of all buckets that hold anything; null where none does. */
export function commonRange(histograms: readonly Histogram[]): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const histogram of histograms) {
    const [least, greatest] = edgesOf(histogram);
    low = Math.min(low, least);
    high = Math.max(high, greatest);
  }
  if (!(low <= high)) return null;
  // What is narrower than even bins can be told apart is a single value.
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(LEAST, size * 1e-12)) return [low, high];
  const room = size > LEAST ? size * 0.05 : 0.5;
  return [low - room, high + room];
}

/** Whether there is anything of it to draw: no bucket may hold anything, or none have a finite edge. */
export function hasValues(histogram: Histogram): boolean {
  const [low, high] = edgesOf(histogram);
  return low <= high;
}

interface Cut {
  readonly range: Range;
  readonly bins: number;
  readonly counts: Float64Array;
}

/** Of each histogram how it was cut last: a card asks again for all of them when one is added. */
const cuts = new WeakMap<Histogram, Cut>();

/** {@link cutAnew}, the same object as long as the same is asked for. */
export function rebinned(histogram: Histogram, range: Range, bins: number): Float64Array {
  const known = cuts.get(histogram);
  if (known && known.bins === bins && known.range[0] === range[0] && known.range[1] === range[1])
    return known.counts;
  const counts = cutAnew(histogram, range, bins);
  cuts.set(histogram, { range, bins, counts });
  return counts;
}

/**
 * Counts in `bins` even bins over `range`. What a bucket holds is spread evenly over it; a bucket without width is in the
 * bin that it lies in.
 */
function cutAnew({ left, right, count }: Histogram, [low, high]: Range, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  const width = (high - low) / bins;
  const binAt = (value: number) => Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)));
  for (let i = 0; i < count.length; i++) {
    const inside = count[i]!;
    if (!(inside > 0)) continue;
    const from = Math.max(low, left[i]!);
    const to = Math.min(high, right[i]!);
    const first = binAt(from);
    const last = binAt(to);
    if (!(to > from) || first === last) {
      counts[first]! += inside;
      continue;
    }
    for (let bin = first; bin <= last; bin++) {
      const overlap = Math.min(to, low + (bin + 1) * width) - Math.max(from, low + bin * width);
      if (overlap > 0) counts[bin]! += (inside * overlap) / (to - from);
    }
  }
  return counts;
}

/**
 * Selection: brings the numbers of some ranks to their places without sorting all. Numbers are dealt into bins by their
 * size, and only bins that have a rank are put in order: for the hundred values that a hundred runs have at a step, a
 * tenth of what sorting takes.
 */

/** Pieces up to this length are sorted. */
const SHORT = 12;
/** Bins; as many as there are values when there are fewer. */
const MOST_BINS = 256;

export class Selector {
  readonly #counts = new Int32Array(MOST_BINS + 1);
  #bins = new Uint8Array(0);
  #dealt = new Float64Array(0);

  /**
   * Leaves at each rank the number that sorting would put there; the others in any order.
   *
   * @param values without NaN
   * @param ranks ascending places in `values`
   */
  select(values: Float64Array, ranks: readonly number[], min: number, max: number): void {
    if (min === max || ranks.length === 0) return;
    const bins = Math.min(values.length, MOST_BINS);
    const perBin = (bins - 1) / (max - min);
    // Where there are infinities, or numbers so far apart that their distance is one, no bin is like another.
    if (!(perBin > 0)) selectRanks(values, 0, values.length - 1, ranks, 0, ranks.length);
    else this.#deal(values, ranks, bins, min, perBin);
  }

  #deal(values: Float64Array, ranks: readonly number[], bins: number, min: number, perBin: number): void {
    const count = values.length;
    if (this.#dealt.length < count) {
      this.#bins = new Uint8Array(count);
      this.#dealt = new Float64Array(count);
    }
    const ends = this.#counts;
    ends.fill(0, 0, bins + 1);
    const binOf = this.#bins;
    for (let i = 0; i < count; i++) {
      const bin = Math.floor((values[i]! - min) * perBin);
      binOf[i] = bin;
      ends[bin + 1]!++;
    }
    for (let bin = 1; bin <= bins; bin++) ends[bin]! += ends[bin - 1]!;
    const dealt = this.#dealt;
    for (let i = 0; i < count; i++) dealt[ends[binOf[i]!]!++] = values[i]!;
    values.set(dealt.length === count ? dealt : dealt.subarray(0, count));
    // Dealing has moved where each bin starts to where it ends.
    let bin = 0;
    for (let first = 0; first < ranks.length; ) {
      while (ends[bin]! <= ranks[first]!) bin++;
      let end = first;
      while (end < ranks.length && ranks[end]! < ends[bin]!) end++;
      selectRanks(values, bin === 0 ? 0 : ends[bin - 1]!, ends[bin]! - 1, ranks, first, end);
      first = end;
    }
  }
}

/** Brings the ranks from `first` to `end` to their places, which are among the values from `low` to `high`. */
function selectRanks(
  values: Float64Array,
  low: number,
  high: number,
  ranks: readonly number[],
  first: number,
  end: number,
): void {
  if (first >= end) return;
  if (high - low < SHORT) {
    sortPiece(values, low, high);
    return;
  }
  const [left, right] = partition(values, low, high);
  let split = first;
  while (split < end && ranks[split]! <= left) split++;
  let after = split;
  while (after < end && ranks[after]! < right) after++;
  selectRanks(values, low, left, ranks, first, split);
  selectRanks(values, right, high, ranks, after, end);
}

/**
 * Moves what is smaller than some number among the values to the left and what is larger to the right: up to the first
 * place that is given nothing is larger than it, from the second on nothing is smaller, and between them is itself.
 */
function partition(values: Float64Array, low: number, high: number): [number, number] {
  const pivot = median(values[low]!, values[(low + high) >>> 1]!, values[high]!);
  let i = low;
  let j = high;
  while (i <= j) {
    while (values[i]! < pivot) i++;
    while (values[j]! > pivot) j--;
    if (i > j) break;
    const value = values[i]!;
    values[i++] = values[j]!;
    values[j--] = value;
  }
  return [j, i];
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function sortPiece(values: Float64Array, low: number, high: number): void {
  for (let i = low + 1; i <= high; i++) {
    const value = values[i]!;
    let j = i;
    for (; j > low && values[j - 1]! > value; j--) values[j] = values[j - 1]!;
    values[j] = value;
  }
}

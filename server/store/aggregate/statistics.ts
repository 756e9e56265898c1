/** Statistics of the values that runs have at one place. */
import { Selector } from "./select.ts";

/** What needs one look at each value. */
export interface Spread {
  readonly count: number;
  /** NaN where there are no values, as are the others. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** @param values without NaN */
export function spreadOf(values: Float64Array): Spread {
  const count = values.length;
  if (count === 0) return { count, mean: Number.NaN, min: Number.NaN, max: Number.NaN };
  let sum = 0;
  let min = values[0]!;
  let max = min;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    sum += value;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { count, mean: sum / count, min, max };
}

/**
 * The sample's standard deviation: squared differences from the mean over one less than there are values. NaN for
 * fewer than two.
 */
export function deviationOf(values: Float64Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const off = values[i]! - mean;
    sum += off * off;
  }
  return values.length < 2 ? Number.NaN : Math.sqrt(sum / (values.length - 1));
}

/** Quantiles, with straight lines between the values in order, as numpy, pandas and DuckDB's `quantile_cont` have them. */
export class Quantiles {
  readonly #shares: readonly number[];
  readonly #selector = new Selector();
  /** Places of the quantiles among so many values in order, and the ranks next to them. */
  #count = -1;
  #places: number[] = [];
  #ranks: number[] = [];

  /** @param shares each in [0, 1]: 0.5 is the median */
  constructor(shares: readonly number[]) {
    this.#shares = shares;
  }

  /**
   * @param values without NaN; left in another order
   * @returns a number a share; NaN where there are no values
   */
  of(values: Float64Array, { min, max }: Spread): number[] {
    if (values.length !== this.#count) this.#plan(values.length);
    this.#selector.select(values, this.#ranks, min, max);
    return this.#places.map((place) => {
      const rank = Math.floor(place);
      const below = values[rank] ?? Number.NaN;
      if (rank === place) return below;
      const above = values[rank + 1]!;
      // Between equal infinities there is no line.
      return below === above ? below : below + (above - below) * (place - rank);
    });
  }

  #plan(count: number): void {
    this.#count = count;
    this.#places = this.#shares.map((share) => share * Math.max(0, count - 1));
    const ranks = new Set(this.#places.flatMap((place) => [Math.floor(place), Math.ceil(place)]));
    this.#ranks = [...ranks].sort((a, b) => a - b);
  }
}

/**
 * Rows of an aggregate within a pixel budget: where there are more, of each bucket those stay at which the smallest
 * minimum, the largest maximum, and the smallest and largest mean are, and one without numbers.
 */
import { type AggregateRow, rowOf } from "./row.ts";
import { type Quantiles, type Spread, spreadOf } from "./statistics.ts";

/** Whether a row stays rather than the one that was chosen so far, by what. */
const CHOICES: readonly ((row: Spread, chosen: Spread | undefined) => boolean)[] = [
  (row, chosen) => !chosen || row.min < chosen.min,
  (row, chosen) => !chosen || row.max > chosen.max,
  // The mean of infinities of both signs is NaN, which is neither.
  (row, chosen) => !chosen || Number.isNaN(chosen.mean) || row.mean < chosen.mean,
  (row, chosen) => !chosen || Number.isNaN(chosen.mean) || row.mean > chosen.mean,
];
const NUMBERLESS = CHOICES.length;

/** A row that may stay: made from the runs' values when it does. */
interface Offer {
  readonly x: number | bigint;
  readonly nans: number;
  readonly values: Float64Array;
}

export class RowBudget {
  readonly rows: AggregateRow[] = [];
  /** Rows that were offered. */
  total = 0;
  readonly #pixels: number;
  readonly #bucketOf: (x: number) => number;
  readonly #quantiles: Quantiles;
  #bucket = Number.NaN;
  /** Rows of the bucket that stay: one for each choice, and one without numbers. */
  #chosen: (AggregateRow | undefined)[] = [];
  #last: Offer | null = null;

  /**
   * @param pixels 0: every row stays
   * @param bucketOf bucket of a place
   */
  constructor(pixels: number, bucketOf: (x: number) => number, quantiles: Quantiles) {
    this.#pixels = pixels;
    this.#bucketOf = bucketOf;
    this.#quantiles = quantiles;
  }

  /**
   * Takes a row into account; rows come in order.
   *
   * @param values of the runs, without NaN; left in another order
   */
  offer(x: number | bigint, nans: number, values: Float64Array): void {
    this.total++;
    const spread = spreadOf(values);
    const offer = { x, nans, values };
    if (this.#pixels === 0 || this.total <= 2 * this.#pixels) {
      this.rows.push(this.#make(offer, spread));
      return;
    }
    if (this.total === 2 * this.#pixels + 1) this.#startChoosing();
    this.#last = offer;
    this.#enterBucket(x);
    if (this.#isChosen(spread)) this.#choose(this.#make(offer, spread));
  }

  /** To be called after the last row, which stays. */
  end(): void {
    this.#endBucket();
    const last = this.#last;
    if (last !== null && this.rows.at(-1)?.x !== last.x) this.rows.push(this.#make(last));
  }

  #make({ x, nans, values }: Offer, spread = spreadOf(values)): AggregateRow {
    return rowOf(x, nans, values, this.#quantiles, spread);
  }

  /** There are too many rows: of those that are there, too, only some stay, the first among them. */
  #startChoosing(): void {
    for (const row of this.rows.splice(1)) {
      this.#enterBucket(row.x);
      this.#choose(row);
    }
  }

  #enterBucket(x: number | bigint): void {
    const bucket = this.#bucketOf(Number(x));
    if (bucket !== this.#bucket) this.#endBucket();
    this.#bucket = bucket;
  }

  #isChosen(spread: Spread): boolean {
    if (spread.count === 0) return this.#chosen[NUMBERLESS] === undefined;
    return CHOICES.some((isBetter, choice) => isBetter(spread, this.#chosen[choice]));
  }

  #choose(row: AggregateRow): void {
    if (row.count === 0) this.#chosen[NUMBERLESS] ??= row;
    else
      for (const [choice, isBetter] of CHOICES.entries())
        if (isBetter(row, this.#chosen[choice])) this.#chosen[choice] = row;
  }

  #endBucket(): void {
    const kept = new Set(this.#chosen.filter((row) => row !== undefined));
    this.rows.push(...[...kept].sort((a, b) => (a.x < b.x ? -1 : 1)));
    this.#chosen = [];
  }
}

/** The steps of a tag in the order in which they came, compact where they are even, and what is odd about that order. */

export type Step = number | bigint;

/** Places where steps go back that are named; the others are counted. */
const MOST_PAIRS = 10;

export class StepHistory {
  count = 0;
  first: Step = 0;
  last: Step = 0;
  min: Step = Number.POSITIVE_INFINITY;
  max: Step = Number.NEGATIVE_INFINITY;
  /** How often a step is smaller than the one before. */
  back = 0;
  readonly backPairs: (readonly [Step, Step])[] = [];
  #ascends = true;
  // Stretches of even steps: where each starts, how far it is from one to the next, and how many there are.
  readonly #starts: Step[] = [];
  readonly #strides: number[] = [];
  readonly #counts: number[] = [];

  add(step: Step): void {
    if (this.count === 0) this.first = step;
    else this.#compare(step);
    this.#append(step);
    this.count++;
    this.last = step;
    if (step < this.min) this.min = step;
    if (step > this.max) this.max = step;
  }

  #compare(step: Step): void {
    if (step > this.last) return;
    this.#ascends = false;
    if (step === this.last) return;
    this.back++;
    if (this.backPairs.length < MOST_PAIRS) this.backPairs.push([this.last, step]);
  }

  #append(step: Step): void {
    const at = this.#counts.length - 1;
    if (at >= 0 && typeof step === "number" && typeof this.last === "number") {
      const stride = step - this.last;
      if (this.#counts[at] === 1) this.#strides[at] = stride;
      if (this.#strides[at] === stride) {
        this.#counts[at]!++;
        return;
      }
    }
    this.#starts.push(step);
    this.#strides.push(0);
    this.#counts.push(1);
  }

  /** Different steps, and values that a later one with the same or a smaller step overtook. */
  summary(): { readonly distinct: number; readonly overtaken: number } {
    if (this.#ascends) return { distinct: this.count, overtaken: 0 };
    const all = this.#all();
    let overtaken = 0;
    let least: Step = Number.POSITIVE_INFINITY;
    for (let i = all.length - 1; i >= 0; i--) {
      const step = all[i]!;
      if (step < least) least = step;
      else overtaken++;
    }
    const sorted = all.sort();
    let distinct = 0;
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
    return { distinct, overtaken };
  }

  /** Every step, in order. */
  #all(): Float64Array | BigInt64Array {
    const wide = this.#starts.some((step) => typeof step === "bigint");
    const all = wide ? new BigInt64Array(this.count) : new Float64Array(this.count);
    let at = 0;
    for (const [i, start] of this.#starts.entries())
      for (let k = 0; k < this.#counts[i]!; k++, at++) {
        const step = k === 0 ? start : Number(start) + k * this.#strides[i]!;
        if (all instanceof BigInt64Array) all[at] = BigInt(step);
        else all[at] = Number(step);
      }
    return all;
  }
}

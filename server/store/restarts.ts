/** When points of a series were overtaken: enough to tell what the series was like at any time. */

/** One restart: the series had `before` rows, and those from `keep` on were overtaken; so often in a row. */
export interface Restart {
  readonly before: number;
  readonly keep: number;
  readonly times: number;
}

export class Restarts {
  readonly #before: number[] = [];
  readonly #keep: number[] = [];
  /** A run that writes one step again and again repeats the same restart. */
  readonly #times: number[] = [];
  #total = 0;

  /** Number of restarts. */
  get total(): number {
    return this.#total;
  }

  /** Number of entries: restarts that are the same as the one before share one. */
  get count(): number {
    return this.#before.length;
  }

  add(before: number, keep: number): void {
    this.#total++;
    const last = this.count - 1;
    if (last >= 0 && this.#before[last] === before && this.#keep[last] === keep) {
      this.#times[last]!++;
      return;
    }
    this.#before.push(before);
    this.#keep.push(keep);
    this.#times.push(1);
  }

  at(index: number): Restart {
    return { before: this.#before[index]!, keep: this.#keep[index]!, times: this.#times[index]! };
  }
}

/** Of a series that was never overtaken. */
export const NO_RESTARTS = new Restarts();

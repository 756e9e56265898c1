/**
 * Which points stock TensorBoard keeps of a series: the reservoir of its data server (`reservoir.rs`), played again on
 * what the store has. The last point is always kept; of the others a random sample, whose randomness is the same in
 * every process.
 */
import type { Restarts } from "../../store/restarts.ts";
import { RandomWords } from "./random-words.ts";
import { drawWide } from "./uniform.ts";

/** A series' rows as the store counts them. */
export interface Sampled {
  readonly length: number;
  readonly restarts: Restarts;
}

export class Reservoir {
  readonly #capacity: number;
  readonly #words = new RandomWords();
  /** Rows that are kept, ascending. */
  readonly #rows: number[] = [];
  /** Rows offered so far that no restart overtook; after a restart an estimate, as in stock. */
  #seen = 0;
  /** Row that is offered next, and restarts that were played. */
  #next = 0;
  #restarts = 0;
  #repeats = 0;

  /** @param capacity most rows to keep, 1 or more */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The rows that are kept of a series; it is the same series every time, and may have grown. */
  rowsOf({ length, restarts }: Sampled): readonly number[] {
    for (; this.#restarts < restarts.count; this.#restarts++) {
      const { before, keep, times } = restarts.at(this.#restarts);
      for (; this.#repeats < times; this.#repeats++) {
        this.#offerUntil(before);
        this.#overtake(keep);
      }
      // The last may yet be repeated.
      if (this.#restarts === restarts.count - 1) break;
      this.#repeats = 0;
    }
    this.#offerUntil(length);
    return this.#rows;
  }

  #offerUntil(end: number): void {
    for (; this.#next < end; this.#next++) this.#offer(this.#next);
  }

  #offer(row: number): void {
    const rows = this.#rows;
    this.#seen++;
    if (this.#seen > this.#capacity) {
      const place = drawWide(this.#words, this.#seen);
      if (place >= this.#capacity) rows.pop();
      // After a restart there may be room.
      else if (rows.length >= this.#capacity) rows.splice(place, 1);
    }
    rows.push(row);
  }

  /** A restart overtakes the rows from `keep` on. */
  #overtake(keep: number): void {
    const before = this.#rows.length;
    while (this.#rows.length > 0 && this.#rows.at(-1)! >= keep) this.#rows.pop();
    // As many of those seen are taken to be gone as of those kept.
    this.#seen = Number((BigInt(this.#seen) * BigInt(this.#rows.length)) / BigInt(before));
    this.#next = keep;
  }
}

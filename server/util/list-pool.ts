/**
 * Gives one list for lists with the same elements, of those that came last: runs of one experiment have the same tags, and
 * a message between threads carries a list once, however often it is in it.
 */
export class ListPool<T> {
  readonly #same: (a: T, b: T) => boolean;
  readonly #recent: (readonly T[])[] = [];

  constructor(same: (a: T, b: T) => boolean = Object.is) {
    this.#same = same;
  }

  /** The list with the same elements that came before; this one where there is none. */
  of(list: readonly T[]): readonly T[] {
    const at = this.#recent.findIndex((known) => this.#equal(known, list));
    const found = this.#recent[at] ?? list;
    if (at !== 0) {
      if (at > 0) this.#recent.splice(at, 1);
      this.#recent.unshift(found);
      if (this.#recent.length > KEPT) this.#recent.pop();
    }
    return found;
  }

  #equal(a: readonly T[], b: readonly T[]): boolean {
    if (a === b) return true;
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!this.#same(a[i]!, b[i]!)) return false;
    return true;
  }
}

/** Lists to compare with: there are few kinds of runs, and each comparison ends where lists differ first. */
const KEPT = 8;

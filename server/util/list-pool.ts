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
    return this.#keep(at, this.#recent[at] ?? list);
  }

  /** The list of the elements of `all` that have these numbers, likewise; it is made only where there was none. */
  pick(all: readonly T[], numbers: Uint32Array): readonly T[] {
    const at = this.#recent.findIndex((known) => this.#isPick(known, all, numbers));
    return this.#keep(at, this.#recent[at] ?? Array.from(numbers, (number) => all[number]!));
  }

  /** Puts a list in front, which was in a place or in none (-1). */
  #keep(at: number, list: readonly T[]): readonly T[] {
    if (at !== 0) {
      if (at > 0) this.#recent.splice(at, 1);
      this.#recent.unshift(list);
      if (this.#recent.length > KEPT) this.#recent.pop();
    }
    return list;
  }

  #isPick(known: readonly T[], all: readonly T[], numbers: Uint32Array): boolean {
    if (known.length !== numbers.length) return false;
    for (let i = 0; i < numbers.length; i++) if (!this.#same(known[i]!, all[numbers[i]!]!)) return false;
    return true;
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

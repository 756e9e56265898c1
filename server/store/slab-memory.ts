/**
 * Keeps the slabs' data within a budget: when there is more, what has not been looked at for longest goes to disk, and
 * comes back when somebody asks. Directories stay, so most questions over long ranges need nothing back.
 */
import type { Slab, SlabSource } from "./slab.ts";

/** Where data goes. */
export interface SpillPlace {
  /** Writes data; throws the system's error when it cannot. */
  write(data: ArrayBuffer): SlabSource;
}

const MANY_SLABS = 1024;

/** What is let go beyond what must be, so that not every slab that comes sends another away. */
const SLACK = 0.05;

export class SlabMemory {
  readonly #budget: number;
  readonly #place: SpillPlace;
  readonly #onProblem: (message: string) => void;
  /** In the order in which they came to memory; those that were used since get a second chance. */
  #slabs: WeakRef<Slab>[] = [];
  #resident = 0;
  /** How many slabs there are when those are looked for that are gone. */
  #manySlabs = MANY_SLABS;
  #failed = false;

  /** @param budget bytes of data to keep in memory */
  constructor(budget: number, place: SpillPlace, onProblem: (message: string) => void = () => {}) {
    this.#budget = budget;
    this.#place = place;
    this.#onProblem = onProblem;
  }

  /** Bytes of data in memory. */
  get resident(): number {
    return this.#resident;
  }

  /** Takes charge of a slab to which no more is added. */
  add(slab: Slab): void {
    slab.onLoad = () => this.#came(slab);
    slab.used = false;
    if (slab.isResident) this.#came(slab);
  }

  #came(slab: Slab): void {
    this.#slabs.push(new WeakRef(slab));
    this.#resident += slab.bytes;
    if (this.#slabs.length > this.#manySlabs) {
      this.#forgetDead();
      this.#manySlabs = Math.max(MANY_SLABS, this.#slabs.length * 2);
    }
    if (this.#resident > this.#budget && !this.#failed) this.#shrink(slab);
  }

  /** @param newest is needed now, whatever its size */
  #shrink(newest: Slab): void {
    this.#forgetDead();
    const target = this.#budget * (1 - SLACK);
    // Twice around: after the first, nobody has a chance left.
    let left = this.#slabs.length * 2;
    while (this.#resident > target && left-- > 0) {
      const reference = this.#slabs.shift();
      const slab = reference?.deref();
      if (!reference || !slab) continue;
      if (slab === newest || slab.used) {
        slab.used = false;
        this.#slabs.push(reference);
      } else if (!this.#release(slab)) {
        this.#slabs.push(reference);
        return;
      }
    }
  }

  #release(slab: Slab): boolean {
    try {
      if (slab.hasSource) slab.release();
      else slab.release(this.#place.write(slab.views.bytes.buffer as ArrayBuffer));
      this.#resident -= slab.bytes;
      return true;
    } catch (error) {
      this.#failed = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#onProblem(
        `points beyond the memory budget cannot be moved to disk (${reason}); they stay in memory`,
      );
      return false;
    }
  }

  /** Slabs go when no series has blocks of them any more: soon, when all of their points joined others. */
  #forgetDead(): void {
    this.#slabs = this.#slabs.filter((reference) => reference.deref() !== undefined);
    this.#resident = this.#slabs.reduce((sum, reference) => sum + (reference.deref()?.bytes ?? 0), 0);
  }
}

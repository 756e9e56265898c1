/**
 * Room for points on their way from a reading thread to the store: a few slots of shared memory, each filled by
 * the thread, emptied by the store, and filled again. Nothing is copied between them or left for the garbage
 * collector, and a thread that runs ahead waits.
 */
import type { PointArrays } from "../store/block.ts";

const ROW_BYTES = 20; // step 8, wall time 8, value 4
const FREE = 0;
const FULL = 1;

export interface PointSlotsMemory {
  readonly buffer: SharedArrayBuffer;
  /** State of each slot. */
  readonly states: SharedArrayBuffer;
}

/** Rows that a slot holds; at least as many as a scanner's columns. */
export const SLOT_ROWS = 1 << 16;

export function createPointSlots(slots: number): PointSlotsMemory {
  return {
    buffer: new SharedArrayBuffer(slots * SLOT_ROWS * ROW_BYTES),
    states: new SharedArrayBuffer(slots * 4),
  };
}

/** Allocates rows; columns of doubles as a scan gives them. */
export type AllocatePoints = (rows: number) => PointArrays & { readonly steps: Float64Array };

/** Columns of their own, for reading on the store's thread. */
export const allocateOwn: AllocatePoints = (rows) => ({
  steps: new Float64Array(rows),
  walls: new Float64Array(rows),
  values: new Float32Array(rows),
});

/** The reading thread's side: hands out rows of the current slot. */
export class SlotWriter {
  readonly #buffer: SharedArrayBuffer;
  readonly #states: Int32Array;
  #slot = 0;
  #used = 0;

  constructor({ buffer, states }: PointSlotsMemory) {
    this.#buffer = buffer;
    this.#states = new Int32Array(states);
  }

  fits(rows: number): boolean {
    return this.#used + rows <= SLOT_ROWS;
  }

  /** Rows of the slot, which must fit; waits until the store has emptied it. */
  allocate(rows: number): ReturnType<AllocatePoints> {
    if (this.#used === 0) Atomics.wait(this.#states, this.#slot, FULL);
    const base = this.#slot * SLOT_ROWS * ROW_BYTES;
    const at = this.#used;
    this.#used += rows;
    return {
      steps: new Float64Array(this.#buffer, base + at * 8, rows),
      walls: new Float64Array(this.#buffer, base + SLOT_ROWS * 8 + at * 8, rows),
      values: new Float32Array(this.#buffer, base + SLOT_ROWS * 16 + at * 4, rows),
    };
  }

  /** Closes the slot: it is the store's until released. Null when nothing was allocated in it. */
  hand(): number | null {
    if (this.#used === 0) return null;
    const slot = this.#slot;
    Atomics.store(this.#states, slot, FULL);
    this.#slot = (slot + 1) % this.#states.length;
    this.#used = 0;
    return slot;
  }
}

/** The store's side: gives a slot back. */
export function releaseSlot({ states }: PointSlotsMemory, slot: number): void {
  const view = new Int32Array(states);
  Atomics.store(view, slot, FREE);
  Atomics.notify(view, slot);
}

/** How far a reading thread may run ahead of the store: it waits when too many of its messages are not taken yet. */

/** Messages that may be on their way. */
const MOST = 8;

export class Backlog {
  readonly #count: Int32Array;

  /** @param memory shared between the two threads, from {@link Backlog.memory} */
  constructor(memory: SharedArrayBuffer) {
    this.#count = new Int32Array(memory);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(4);
  }

  /** Counts a message, once there is room for it; blocks the calling thread until then. */
  add(): void {
    for (;;) {
      const count = Atomics.load(this.#count, 0);
      if (count < MOST) break;
      Atomics.wait(this.#count, 0, count);
    }
    Atomics.add(this.#count, 0, 1);
  }

  /** A message was taken. */
  take(): void {
    Atomics.sub(this.#count, 0, 1);
    Atomics.notify(this.#count, 0);
  }
}

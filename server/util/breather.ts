/** Lets others have the thread every now and then during long work. */
import { setImmediate } from "node:timers/promises";

export class Breather {
  readonly #millis: number;
  #since = performance.now();

  /** @param millis how long to hold the thread at a time */
  constructor(millis = 10) {
    this.#millis = millis;
  }

  /** To be awaited between two pieces of the work. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < this.#millis) return;
    await setImmediate();
    this.#since = performance.now();
  }
}

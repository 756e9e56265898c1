/** Bytes kept from one chunk to the next: the beginning of a record whose end is still to come. */

export class HeldBytes {
  private buffer = new Uint8Array(0);
  private count = 0;

  /** Bytes held. */
  get length(): number {
    return this.count;
  }

  /** What is held with the chunk behind it; the chunk itself where nothing is. To be followed by {@link keep}. */
  join(chunk: Uint8Array): Uint8Array {
    if (this.count === 0) return chunk;
    this.makeRoom(this.count + chunk.length);
    this.buffer.set(chunk, this.count);
    this.count += chunk.length;
    return this.buffer.subarray(0, this.count);
  }

  /** Holds what stands in `joined`, which {@link join} gave, from the offset `from` on. */
  keep(joined: Uint8Array, from: number): void {
    const rest = joined.length - from;
    if (joined.buffer === this.buffer.buffer) this.buffer.copyWithin(0, from, joined.length);
    else if (rest > 0) {
      this.makeRoom(rest);
      this.buffer.set(joined.subarray(from));
    }
    this.count = rest;
  }

  private makeRoom(bytes: number): void {
    if (bytes <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(bytes, 2 * this.buffer.length));
    larger.set(this.buffer.subarray(0, this.count));
    this.buffer = larger;
  }
}

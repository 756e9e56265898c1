/** Things opened from bytes, by key: those that were used last stay, up to so many bytes. */
export class Shelf<T> {
  readonly #most: number;
  /** The one that was used last is the last. */
  readonly #kept = new Map<string, { readonly value: T; readonly bytes: number }>();
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** @throws Error when it was not opened, or more were since than there is room for */
  take(key: string): T {
    const found = this.#kept.get(key);
    if (!found) throw new Error(`${key} is not open`);
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /** Opens what has that key, if it is not open and its bytes are here. */
  open(key: string, bytes: ReadonlyMap<string, Uint8Array>, open: (bytes: Uint8Array) => T): void {
    const given = bytes.get(key);
    if (!given || this.#kept.has(key)) return;
    this.#kept.set(key, { value: open(given), bytes: given.length });
    this.#bytes += given.length;
    this.#makeRoom();
  }

  /** The two that were used last stay, however large: differences are of two. */
  #makeRoom(): void {
    for (const [key, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#most || this.#kept.size <= 2) return;
      this.#kept.delete(key);
      this.#bytes -= bytes;
    }
  }
}

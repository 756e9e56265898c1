/** Where events go: a file by default, memory in tests; a stream or a server elsewhere. */

/**
 * Takes whole records, in order. At most one `write` is under way at a time; its bytes stay unchanged until
 * it settles.
 *
 * @example
 * const chunks: Uint8Array[] = [];
 * const sink: Sink = {
 *   name: "chunks",
 *   async write(records) {
 *     chunks.push(records.slice());
 *   },
 *   async close() {},
 * };
 * const chunked = createWriter(sink);
 * chunked.scalar("loss", 0.5, { step: 0 });
 * await chunked.close();
 * console.log(chunks.length); // 1
 */
export interface Sink {
  /** What errors call it, such as the file's path. */
  readonly name: string;
  /** Takes `records`. Rejects with {@link WriteFailure}. */
  write(records: Uint8Array): Promise<void>;
  /**
   * The same before it returns, also while a `write` is under way, whose records then come first.
   * For exits, and for training loops that never let the event loop turn. Absent where it is impossible.
   *
   * @throws WriteFailure
   */
  writeSync?(records: Uint8Array): void;
  /**
   * Sends `records` on at once as far as that goes, without a word whether they arrive: the page may be gone the next
   * moment. They are all that {@link write} has not taken, from those of a write under way on, and come again through it
   * where there is a next moment. Absent where that has no use.
   */
  sendAhead?(records: Uint8Array): void;
  close(): Promise<void>;
}

/**
 * Why a sink did not take all, and how much it did take.
 *
 * @example
 * const full: Sink = {
 *   name: "full",
 *   async write() {
 *     throw new WriteFailure(new Error("no space"), 0);
 *   },
 *   async close() {},
 * };
 * const losing = createWriter(full, { onError: (error) => console.warn(error.message) });
 * console.log(losing.scalar("loss", 0.5, { step: 0 })); // true
 * await losing.close();
 */
export class WriteFailure extends Error {
  override name = "WriteFailure";
  /** Bytes of whole records that were taken; what follows them may be given again. */
  readonly taken: number;

  constructor(cause: unknown, taken: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.taken = taken;
  }
}

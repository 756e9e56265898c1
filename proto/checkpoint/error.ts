/** What is wrong with a checkpoint: in which file, where, in words. */

/**
 * A checkpoint that cannot be read, or does not hold what is asked for.
 *
 * @example
 * const index = { name: "model.ckpt.index", size: 5, read: async () => {} };
 * try {
 *   await openBundle({ index, shard: async () => index });
 * } catch (error) {
 *   if (error instanceof CheckpointError) console.log(error.file); // model.ckpt.index
 * }
 */
export class CheckpointError extends Error {
  override name = "CheckpointError";
  readonly file: string;
  /** Byte from which on the file cannot be used; null where the whole file is meant. */
  readonly offset: number | null;

  constructor(file: string, offset: number | null, what: string) {
    super(`${file}${offset === null ? "" : `, byte ${offset}`}: ${what}`);
    this.file = file;
    this.offset = offset;
  }
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What is wrong with a checkpoint: in which file, where, in words. */

/**
 * A checkpoint that is damaged, incomplete or of a kind that is not read here; or a variable that is not in it, or holds
 * no numbers. The message names the file and says what is wrong.
 *
 * @example
 * const read = async () => {};
 * try {
 *   await openSavedSlices([{ name: "model.ckpt", size: 20, read }]);
 * } catch (error) {
 *   if (!(error instanceof CheckpointError)) throw error;
 *   console.log(error.file, error.offset); // model.ckpt 0
 *   console.log(error.message); // model.ckpt, byte 0: too short for a checkpoint (20 bytes); is it cut off?
 * }
 */
export class CheckpointError extends Error {
  override name = "CheckpointError";
  /** The `name` of its `ByteSource`. */
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

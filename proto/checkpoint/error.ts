/** What is wrong with a checkpoint: in which file, where, in words. */

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

/** What is wrong with one file, in words: bounded, and taken back when a later read finds it mended. */
import type { FileProblem } from "./batch.ts";

/** Problems of a file that are kept; the others are counted. */
const MAX_PROBLEMS = 20;

export class ProblemList {
  readonly #byOffset = new Map<number | null, string>();
  #uncounted = 0;
  #suspect: number | null | undefined;

  /** @param offset of the frame, or null where the whole file is meant */
  add(offset: number | null, message: string): void {
    if (this.#byOffset.size < MAX_PROBLEMS || this.#byOffset.has(offset)) this.#byOffset.set(offset, message);
    else this.#uncounted++;
  }

  /** A problem that the next read may take back. */
  suspect(offset: number | null, message: string): void {
    this.#byOffset.set(offset, message);
    this.#suspect = offset;
  }

  /** Takes the suspected problem back: the read that starts now will find it again, or not. */
  reconsider(): void {
    if (this.#suspect !== undefined) this.#byOffset.delete(this.#suspect);
    this.#suspect = undefined;
  }

  clear(): void {
    this.#byOffset.clear();
    this.#uncounted = 0;
    this.#suspect = undefined;
  }

  list(): FileProblem[] {
    const listed = [...this.#byOffset].map(([offset, message]) => ({ offset, message }));
    if (this.#uncounted > 0) listed.push({ offset: null, message: `and ${this.#uncounted} more problems` });
    return listed;
  }
}

/** A sentence with the system's own word for the cause. */
export function reason(what: string, error: unknown): string {
  return `${what} (${error instanceof Error ? error.message : String(error)})`;
}

/** What is wrong with one file, in words: bounded, and taken back when a later read finds it mended. */
import type { FileProblem, FileProblems } from "./batch.ts";

/** Problems of a file that are kept; the others are counted. */
const MAX_PROBLEMS = 20;

/** One for all files, most of which have none. */
const NO_PROBLEMS: FileProblems = { found: [], more: 0 };

export class ProblemList {
  readonly #byOffset = new Map<number | null, string>();
  #uncounted = 0;
  #suspect: number | null | undefined;

  /** @param before what earlier reads found */
  constructor(before?: FileProblems) {
    if (!before) return;
    for (const { offset, message } of before.found) this.#byOffset.set(offset, message);
    this.#uncounted = before.more;
    this.#suspect = before.suspect;
  }

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

  /** As plain data, which a later read starts from. */
  snapshot(): FileProblems {
    if (this.#byOffset.size === 0 && this.#uncounted === 0 && this.#suspect === undefined) return NO_PROBLEMS;
    const found = [...this.#byOffset].map(([offset, message]) => ({ offset, message }));
    return {
      found,
      more: this.#uncounted,
      ...(this.#suspect !== undefined && { suspect: this.#suspect }),
    };
  }
}

/** Problems as people are told of them. */
export function listProblems({ found, more }: FileProblems): readonly FileProblem[] {
  return more > 0 ? [...found, { offset: null, message: `and ${more} more problems` }] : found;
}

/** A sentence with the system's own word for the cause. */
export function reason(what: string, error: unknown): string {
  return `${what} (${error instanceof Error ? error.message : String(error)})`;
}

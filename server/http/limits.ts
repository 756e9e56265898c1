/** What an answer may hold: a question of a few bytes must not take the memory of the server. */
import type { TensorValue } from "../../proto/index.ts";
import { HttpError } from "./errors.ts";

/** Most points or numbers of an answer: as JSON they take up to 300 MB on their way, as columns a third of it. */
export const MOST_NUMBERS = 1 << 22;
/** Most bytes of records that are read for an answer. */
export const MOST_READ_BYTES = 1 << 28;

/** Counts what an answer takes. */
export class Budget {
  readonly #advice: string;
  #left = MOST_NUMBERS;

  /** @param advice how to ask for less, after "ask for" */
  constructor(advice: string) {
    this.#advice = advice;
  }

  /** Taken so far. */
  get taken(): number {
    return MOST_NUMBERS - this.#left;
  }

  /** @throws HttpError 413 when it is more than an answer holds */
  take(numbers: number): void {
    this.#left -= numbers;
    if (this.#left < 0)
      throw new HttpError(
        413,
        `this answer would have more than ${MOST_NUMBERS} numbers, and none has: ask for ${this.#advice}`,
      );
  }

  /** @throws HttpError 413 when it is more than an answer holds */
  takeTensor({ data }: TensorValue): void {
    if (ArrayBuffer.isView(data)) this.take(data.length);
    // A character of text counts as a number.
    else for (const text of data) this.take(1 + text.length);
  }
}

/** @throws HttpError 413 when more is to be read than for any answer */
export function checkBytesToRead(lengths: Iterable<number>, advice: string): void {
  let bytes = 0;
  for (const length of lengths) bytes += length;
  if (bytes > MOST_READ_BYTES)
    throw new HttpError(
      413,
      `${bytes} bytes would be read for this answer, and ${MOST_READ_BYTES} are the most: ask for ${advice}`,
    );
}

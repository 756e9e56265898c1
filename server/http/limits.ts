/** What an answer may hold: a question of a few bytes must not take the memory of the server. */
import type { TensorValue } from "../../proto/index.ts";
import { HttpError } from "./errors.ts";

/** Most points or numbers of an answer: as JSON they take up to 300 MB on their way, as columns a third of it. */
export const MOST_NUMBERS = 1 << 22;
/** Characters of text that take as much memory as a number. */
const CHARACTERS_OF_A_NUMBER = 8;
/** Numbers that take as much memory as a list. */
const NUMBERS_OF_A_LIST = 8;
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
  takeTensor({ data, shape }: TensorValue): void {
    // Where there is nothing, the lists around it are what the answer has.
    if (shape.includes(0))
      this.take(NUMBERS_OF_A_LIST * shape.reduce((lists, size) => lists * (size || 1), 1));
    else if (ArrayBuffer.isView(data)) this.take(data.length);
    else for (const text of data) this.take(1 + Math.ceil(text.length / CHARACTERS_OF_A_NUMBER));
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

/** Matrices as tab-separated text, parsed piece by piece: a row a line, empty lines passed over, as TensorBoard has it. */
import { count, number } from "../words.ts";
import { NumberReader } from "./number-parser.ts";

const TAB = 0x09;
const NEWLINE = 0x0a;
/** Longest line: rows of a million numbers. */
const MAX_LINE_BYTES = 32 << 20;
/** Most values that may be missing: each takes memory, and a few bytes can ask for any number of them. */
const MOST_MISSING = 1 << 24;

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly data: Float32Array;
}

/** Text that is no matrix: which line, and why. */
export class TsvError extends Error {}

/** What is wrong with a line whose row is kept, with NaN for what is missing. */
export type LineNote = (problem: string) => void;

export class TsvParser {
  readonly #maxRows: number;
  readonly #note: LineNote | null;
  /** The line that is under way. */
  #parts: Buffer[] = [];
  #partBytes = 0;
  #line = 0;
  #rows = 0;
  #columns = 0;
  #missing = 0;
  #data = new Float32Array(1 << 12);
  #length = 0;

  /**
   * @param maxRows after how many rows to stop
   * @param note is told of lines that do not fit; default: the first of them is an error
   */
  constructor(maxRows = Number.POSITIVE_INFINITY, note: LineNote | null = null) {
    this.#maxRows = maxRows;
    this.#note = note;
  }

  /** Whether there are as many rows as wanted. */
  get full(): boolean {
    return this.#rows >= this.#maxRows;
  }

  /** @throws TsvError */
  push(chunk: Buffer): void {
    let start = 0;
    while (!this.full) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      this.#takeLine(chunk.subarray(start, end));
      start = end + 1;
    }
    if (this.full || start === chunk.length) return;
    this.#parts.push(chunk.subarray(start));
    this.#partBytes += chunk.length - start;
    if (this.#partBytes > MAX_LINE_BYTES)
      throw new TsvError(`line ${this.#line + 1} is longer than ${number(MAX_LINE_BYTES)} bytes`);
  }

  /** What was pushed, as a whole. @throws TsvError */
  finish(): Matrix {
    if (!this.full && this.#partBytes > 0) this.#takeLine(Buffer.alloc(0));
    return { rows: this.#rows, columns: this.#columns, data: this.#data.slice(0, this.#length) };
  }

  #takeLine(rest: Buffer): void {
    this.#line++;
    if (this.#partBytes === 0) {
      if (rest.length > 0) this.#parseRow(rest);
      return;
    }
    const line = Buffer.concat([...this.#parts, rest]);
    this.#parts = [];
    this.#partBytes = 0;
    this.#parseRow(line);
  }

  #parseRow(line: Buffer): void {
    const start = this.#length;
    const numbers = new NumberReader(line);
    while (numbers.at <= line.length) {
      const value = numbers.next() ?? this.#noNumber(line, numbers);
      if (this.#length === this.#data.length) this.#grow();
      this.#data[this.#length++] = value;
    }
    const columns = this.#length - start;
    if (this.#rows === 0) this.#columns = columns;
    else if (columns !== this.#columns) this.#fit(start, columns);
    this.#rows++;
  }

  /** Goes on behind what is no number. @throws TsvError unless such lines are noted */
  #noNumber(line: Buffer, numbers: NumberReader): number {
    const words = `line ${this.#line}: ${shown(line, numbers.at)} is no number`;
    if (!this.#note) throw new TsvError(words);
    this.#note(words);
    const tab = line.indexOf(TAB, numbers.at);
    numbers.at = (tab < 0 ? line.length : tab) + 1;
    return Number.NaN;
  }

  /** Makes the row as long as the first. @throws TsvError unless such lines are noted, and too much is not missing */
  #fit(start: number, columns: number): void {
    const words = `line ${this.#line} has ${count(columns, "value")}, the first has ${number(this.#columns)}`;
    if (!this.#note) throw new TsvError(words);
    this.#note(words);
    this.#missing += Math.max(0, this.#columns - columns);
    if (this.#missing > MOST_MISSING)
      throw new TsvError(
        `${words}: by then ${count(this.#missing, "value")} are missing, and ${number(MOST_MISSING)} may`,
      );
    const end = start + this.#columns;
    while (end > this.#data.length) this.#grow();
    // Which of the values are in the wrong place is not known: the point stays, without any.
    this.#data.fill(Number.NaN, start, end);
    this.#length = end;
  }

  #grow(): void {
    const larger = new Float32Array(this.#length * 2);
    larger.set(this.#data);
    this.#data = larger;
  }
}

/** The value from `start` on, in quotes; the beginning of a long one. */
function shown(line: Buffer, start: number): string {
  const tab = line.indexOf(TAB, start);
  const end = tab < 0 ? line.length : tab;
  const text = line.toString("utf8", start, Math.min(end, start + 40));
  return JSON.stringify(end - start > 40 ? `${text}…` : text);
}

/** What a file of people's holds, before anything is made of it: columns, of which some may be vectors. */

/** A column as it is listed: for the person to choose from. */
export interface SourceColumn {
  readonly name: string;
  /** `vector`: each row has a list of numbers. */
  readonly kind: "number" | "text" | "vector";
  /** Of vectors; 1 of all others. */
  readonly dims: number;
  /** What stands in the first rows. */
  readonly sample: readonly string[];
}

/** Which columns make the vectors, and which are told of the points. */
export interface Choice {
  /** One column of vectors, or several of numbers. Empty: the file has metadata only. */
  readonly vectors: readonly string[];
  readonly metadata: readonly string[];
}

/** Texts of a column, each once. */
export interface ReadColumn {
  readonly name: string;
  readonly values: readonly string[];
  /** Of each row, which of the texts; -1 for none. */
  readonly indices: Int32Array<ArrayBuffer>;
}

export interface ReadTable {
  readonly rows: number;
  /** 0 where no column was chosen. */
  readonly dims: number;
  /** Row by row; NaN where a value is missing. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly columns: readonly ReadColumn[];
  /** What is wrong, and where. */
  readonly problems: readonly string[];
}

export interface Source {
  /** As people call it: `CSV`, `NumPy array`. */
  readonly format: string;
  readonly columns: readonly SourceColumn[];
  /** Null where only reading tells. */
  readonly rows: number | null;
  read(choice: Choice): ReadTable;
}

/** A file that is nothing of what we read, in words. */
export class FileError extends Error {}

/** What so many of a column's values are, the column is: a slip in it does not take it away. */
const NEARLY_ALL = 0.8;

export function isNearlyAll(part: number, whole: number): boolean {
  return whole > 0 && part >= NEARLY_ALL * whole;
}

/** Problems that are told one by one. */
const MOST_PROBLEMS = 40;

/** Problems as they are found: the first in words, the others counted. */
export class Problems {
  readonly #told: string[] = [];
  #more = 0;

  add(problem: string): void {
    if (this.#told.length < MOST_PROBLEMS) this.#told.push(problem);
    else this.#more++;
  }

  get list(): readonly string[] {
    return this.#more > 0 ? [...this.#told, `and ${this.#more} more`] : this.#told;
  }
}

/** Texts of rows, each held once. */
export class TextColumn {
  readonly #places = new Map<string, number>();
  #indices = new Int32Array(16);
  #rows = 0;

  push(text: string | null): void {
    if (this.#rows === this.#indices.length) {
      const larger = new Int32Array(2 * this.#rows);
      larger.set(this.#indices);
      this.#indices = larger;
    }
    this.#indices[this.#rows++] = text === null ? -1 : this.#place(text);
  }

  finish(name: string): ReadColumn {
    return { name, values: [...this.#places.keys()], indices: this.#indices.slice(0, this.#rows) };
  }

  #place(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(text, place);
    return place;
  }
}

/** Numbers row by row, as many rows as come. */
export class MatrixBuilder {
  readonly dims: number;
  #data: Float32Array<ArrayBuffer>;
  rows = 0;

  constructor(dims: number, expectedRows = 1024) {
    this.dims = dims;
    this.#data = new Float32Array(Math.max(1, dims * expectedRows));
  }

  /** A new row, to be filled; NaN until then. */
  next(): Float32Array<ArrayBuffer> {
    const start = this.rows * this.dims;
    if (start + this.dims > this.#data.length) {
      const larger = new Float32Array(Math.max(start + this.dims, Math.ceil(1.6 * this.#data.length)));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.rows++;
    return this.#data.subarray(start, start + this.dims).fill(Number.NaN);
  }

  finish(): Float32Array<ArrayBuffer> {
    const length = this.rows * this.dims;
    return length === this.#data.length ? this.#data : this.#data.slice(0, length);
  }
}

/**
 * Which columns are the vectors, most likely: the longest column of lists; else columns of numbers that are called alike
 * (`dim_0`, `dim_1`, …) or by numbers; else all columns of numbers, where they are at least three.
 */
export function suggest(columns: readonly SourceColumn[]): Choice {
  const lists = columns.filter(({ kind }) => kind === "vector").sort((a, b) => b.dims - a.dims);
  const numbers = columns.filter(({ name, kind }) => kind === "number" && !isIndex(name));
  const vectors = lists[0] ? [lists[0].name] : namedAlike(numbers);
  const taken = new Set(vectors);
  const metadata = columns.filter(({ name, kind }) => kind !== "vector" && !taken.has(name));
  return { vectors, metadata: metadata.map(({ name }) => name) };
}

/** What a table's index is called that has no name. */
export const INDEX = "index";

/** Also as pandas calls it when it reads such a file, and as it stands in Arrow and Parquet. */
function isIndex(name: string): boolean {
  return /^(index( \(\d+\))?|Unnamed: \d+|__index_level_\d+__)$/.test(name);
}

const LEAST_VECTOR = 3;

function namedAlike(numbers: readonly SourceColumn[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { name } of numbers) {
    const stem = name.replace(/\d+$/, "");
    if (stem === name) continue;
    const group = groups.get(stem);
    if (group) group.push(name);
    else groups.set(stem, [name]);
  }
  const largest = [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  if (largest.length >= LEAST_VECTOR) return largest;
  return numbers.length >= LEAST_VECTOR ? numbers.map(({ name }) => name) : [];
}

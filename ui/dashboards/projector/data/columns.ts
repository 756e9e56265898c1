/** What is known of the points, column by column: texts that repeat are held once, numbers as numbers. */

export interface Column {
  readonly name: string;
  /** Each text once. */
  readonly values: readonly string[];
  /** Of each row, which of the texts it has; -1 where it has none. */
  readonly indices: Int32Array<ArrayBuffer>;
  /** Rows of each text. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Of each row, where all texts are numbers; NaN where it has none. Null for other columns. */
  readonly numbers: Float64Array<ArrayBuffer> | null;
}

/** Texts that stand for no value at all. */
const NOTHING = new Set(["", "nan", "null", "none", "n/a", "na"]);

/** A number as people write them in tables; NaN for anything else. */
export function toNumber(text: string): number {
  const trimmed = text.trim();
  return trimmed === "" || /^[+-]?0[xob]/i.test(trimmed) ? Number.NaN : Number(trimmed);
}

/** @param given which of the texts each row has; -1 for none */
export function columnOf(name: string, values: readonly string[], given: ArrayLike<number>): Column {
  const indices = given instanceof Int32Array ? plain(given) : Int32Array.from(given);
  const counts = new Uint32Array(values.length);
  for (const index of indices) if (index >= 0) counts[index]!++;
  return { name, values, indices, counts, numbers: numbersOf(values, indices) };
}

/** @param texts of every row */
export function columnOfTexts(name: string, texts: Iterable<string>, rows: number): Column {
  const places = new Map<string, number>();
  const indices = new Int32Array(rows).fill(-1);
  let row = 0;
  for (const text of texts) {
    if (row >= rows) break;
    let place = places.get(text);
    if (place === undefined) {
      place = places.size;
      places.set(text, place);
    }
    indices[row++] = place;
  }
  return columnOf(name, [...places.keys()], indices);
}

/** A column of numbers that were computed, not read. */
export function columnOfNumbers(name: string, numbers: Float64Array<ArrayBuffer>): Column {
  return {
    name,
    values: [],
    indices: new Int32Array(0),
    counts: new Uint32Array(0),
    numbers,
  };
}

function numbersOf(
  values: readonly string[],
  indices: Int32Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> | null {
  const known = new Float64Array(values.length);
  let numbers = 0;
  for (const [i, text] of values.entries()) {
    known[i] = toNumber(text);
    if (!Number.isNaN(known[i])) numbers++;
    else if (!NOTHING.has(text.trim().toLowerCase())) return null;
  }
  if (numbers === 0) return null;
  const rows = new Float64Array(indices.length);
  for (let row = 0; row < rows.length; row++) {
    const index = indices[row]!;
    rows[row] = index < 0 ? Number.NaN : known[index]!;
  }
  return rows;
}

function plain(array: Int32Array): Int32Array<ArrayBuffer> {
  return array.buffer instanceof ArrayBuffer
    ? new Int32Array(array.buffer, array.byteOffset, array.length)
    : Int32Array.from(array);
}

/** What a row has in a column, as text. */
export function textAt(column: Column, row: number): string {
  const index = column.indices[row];
  if (index !== undefined && index >= 0) return column.values[index] ?? "";
  const number = column.numbers?.[row];
  return number === undefined || Number.isNaN(number) ? "" : String(number);
}

/** Numbers with so few different values may be classes: digits, say. */
const FEW = 20;

/** Whether a column is best shown as categories rather than a scale. */
export function isCategorical({ numbers, values }: Column): boolean {
  return numbers === null ? true : values.length > 0 && values.length <= FEW;
}

/** The column whose texts name the points: as in stock the first that is not of numbers, else the first. */
export function labelColumn(columns: readonly Column[]): Column | null {
  return columns.find(({ numbers }) => numbers === null) ?? columns[0] ?? null;
}

/** The column that colours best of its own accord: few values, each of several rows. */
export function colourColumn(columns: readonly Column[], rows: number): Column | null {
  return (
    columns.find(
      (column) =>
        isCategorical(column) && column.values.length > 1 && column.values.length <= Math.min(50, rows / 2),
    ) ?? null
  );
}

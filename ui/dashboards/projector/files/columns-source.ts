/** Files that are read as columns at once: Arrow, Parquet, NumPy, JSON. */
import {
  isNearlyAll,
  MatrixBuilder,
  Problems,
  type ReadTable,
  type Source,
  type SourceColumn,
  TextColumn,
} from "./source.ts";
import { toNumber } from "./text.ts";

/** A column that was read: numbers, lists of numbers, or anything that becomes text. */
export type MemoryColumn =
  | {
      readonly name: string;
      readonly kind: "vector";
      readonly dims: number;
      readonly rows: ArrayLike<unknown>;
    }
  | {
      readonly name: string;
      readonly kind: "matrix";
      readonly dims: number;
      readonly data: Float32Array<ArrayBuffer>;
    }
  | { readonly name: string; readonly kind: "number" | "text"; readonly rows: ArrayLike<unknown> };

/** Looked at to tell what a column is. */
const SAMPLE_ROWS = 200;

/** A column of whatever values; lists of numbers are vectors. A few rows may be something else: they are named when read. */
export function memoryColumn(name: string, rows: ArrayLike<unknown>): MemoryColumn {
  const sample = Array.from({ length: Math.min(SAMPLE_ROWS, rows.length) }, (_, i) => rows[i]).filter(
    (value) => value !== null && value !== undefined,
  );
  const lists = sample.map(listOf).filter((list) => list !== null);
  if (isNearlyAll(lists.length, sample.length)) {
    const dims = mostFrequent(lists.map(({ length }) => length));
    if (dims > 1) return { name, kind: "vector", dims, rows };
  }
  const numbers = sample.filter((value) => typeof value === "number" || typeof value === "bigint");
  return { name, kind: isNearlyAll(numbers.length, sample.length) ? "number" : "text", rows };
}

export function columnsSource(
  format: string,
  columns: readonly MemoryColumn[],
  rows: number,
  found: readonly string[] = [],
  rowName: (row: number) => string = (row) => `row ${row}`,
): Source {
  const listed = columns.map(
    (column): SourceColumn => ({
      name: column.name,
      kind: column.kind === "matrix" ? "vector" : column.kind,
      dims: column.kind === "vector" || column.kind === "matrix" ? column.dims : 1,
      sample:
        column.kind === "matrix"
          ? [Array.from(column.data.subarray(0, 4), (value) => value.toPrecision(3)).join(", ")]
          : Array.from({ length: Math.min(5, column.rows.length) }, (_, i) => textOf(column.rows[i]) ?? ""),
    }),
  );
  return {
    format,
    columns: listed,
    rows,
    read({ vectors, metadata }): ReadTable {
      const problems = new Problems();
      for (const problem of found) problems.add(problem);
      const chosen = vectors.flatMap((name) => columns.find((column) => column.name === name) ?? []);
      const texts = metadata.flatMap((name) => columns.find((column) => column.name === name) ?? []);
      const { dims, data } = matrixOf(chosen, rows, problems, rowName);
      return {
        rows,
        dims,
        data,
        columns: texts.flatMap((column) => {
          if (column.kind === "matrix") return [];
          const text = new TextColumn();
          for (let row = 0; row < rows; row++) text.push(textOf(column.rows[row]));
          return [text.finish(column.name)];
        }),
        problems: problems.list,
      };
    },
  };
}

function matrixOf(
  columns: readonly MemoryColumn[],
  rows: number,
  problems: Problems,
  rowName: (row: number) => string,
): { dims: number; data: Float32Array<ArrayBuffer> } {
  const [first] = columns;
  if (first?.kind === "matrix") return { dims: first.dims, data: first.data };
  const dims = first?.kind === "vector" ? first.dims : columns.length;
  const matrix = new MatrixBuilder(dims, rows);
  for (let row = 0; row < rows; row++) {
    const into = matrix.next();
    if (first?.kind === "vector") {
      const list = listOf(first.rows[row]);
      if (list?.length === dims) {
        let missing = false;
        for (let d = 0; d < dims; d++) {
          into[d] = numberOf(list[d]);
          missing ||= isNothing(list[d]);
        }
        if (missing) problems.add(`${rowName(row)} has a value in "${first.name}" that is missing`);
      } else
        problems.add(
          list
            ? `${rowName(row)} has ${list.length} values in "${first.name}", not ${dims}`
            : `${rowName(row)} has no list of numbers in "${first.name}"`,
        );
    } else
      for (const [d, column] of columns.entries()) {
        if (column.kind === "matrix") continue;
        const value = column.rows[row];
        into[d] = numberOf(value);
        if (Number.isNaN(into[d]!) && typeof value === "string")
          problems.add(
            `${rowName(row)}: ${JSON.stringify(value.slice(0, 40))} in "${column.name}" is no number`,
          );
      }
  }
  return { dims, data: matrix.finish() };
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** NaN for what is missing, and for texts that are no numbers. */
function numberOf(value: unknown): number {
  if (isNothing(value)) return Number.NaN;
  return typeof value === "string" ? toNumber(value) : Number(value);
}

/** Numbers, of which some may be missing; null for anything else. */
function listOf(value: unknown): ArrayLike<unknown> | null {
  if (typeof value !== "object" || value === null || !isArrayLike(value)) return null;
  if (ArrayBuffer.isView(value)) return value;
  // Vectors of Arrow's lists are iterable and have a length.
  const list: readonly unknown[] = Array.isArray(value) ? value : Array.from(value);
  let numbers = 0;
  for (const item of list)
    if (typeof item === "number" || typeof item === "bigint") numbers++;
    else if (!isNothing(item)) return null;
  return numbers > 0 || list.length === 0 ? list : null;
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && "length" in value && typeof value.length === "number";
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object"
    ? JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? String(part) : part))
    : String(value);
}

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Puts rows together into batches of columns. */
import type { Batch, Cell, Cells, Column } from "./table.ts";

/** Rows of a batch: so many that what a batch costs does not show. */
export const BATCH_ROWS = 1 << 17;
/** Characters of text after which a batch is full. */
const BATCH_TEXT = 1 << 23;

/** Rows, each with a cell for each column, in batches. */
export function* inBatches(columns: readonly Column[], rows: Iterable<readonly Cell[]>): Generator<Batch> {
  let batch = new BatchBuilder(columns);
  for (const row of rows) {
    batch.add(row);
    if (!batch.isFull) continue;
    yield batch.finish();
    batch = new BatchBuilder(columns);
  }
  if (batch.rows > 0) yield batch.finish();
}

class BatchBuilder {
  rows = 0;
  readonly #fills: readonly Fill[];
  #text = 0;

  constructor(columns: readonly Column[]) {
    this.#fills = columns.map(fillOf);
  }

  get isFull(): boolean {
    return this.rows >= BATCH_ROWS || this.#text >= BATCH_TEXT;
  }

  add(row: readonly Cell[]): void {
    for (let i = 0; i < row.length; i++) {
      const cell = row[i]!;
      this.#fills[i]!.set(this.rows, cell);
      if (typeof cell === "string") this.#text += cell.length;
    }
    this.rows++;
  }

  finish(): Batch {
    return { rows: this.rows, columns: this.#fills.map((fill) => fill.finish(this.rows)) };
  }
}

/** A column of a batch that is being filled. */
interface Fill {
  set(row: number, cell: Cell): void;
  finish(rows: number): Cells;
}

function fillOf(column: Column): Fill {
  switch (column.type) {
    case "label":
      return numbers(new Int32Array(BATCH_ROWS), (values) => ({
        type: "label",
        labels: column.labels,
        values,
      }));
    case "text":
      return texts();
    case "int64":
      return wholeNumbers();
    case "int32":
      return numbers(new Int32Array(BATCH_ROWS), (values) => ({ type: "int32", values }));
    case "float64":
      return numbers(new Float64Array(BATCH_ROWS), (values) => ({ type: "float64", values }));
    case "float32":
      return numbers(new Float32Array(BATCH_ROWS), (values) => ({ type: "float32", values }));
    case "bool":
      return numbers(new Uint8Array(BATCH_ROWS), (values) => ({ type: "bool", values }));
  }
}

type Numbers = Int32Array | Float64Array | Float32Array | Uint8Array;

function numbers<T extends Numbers>(values: T, cells: (values: T) => Cells): Fill {
  return {
    set: (row, cell) => {
      values[row] = Number(cell);
    },
    finish: (rows) => cells(values.subarray(0, rows) as T),
  };
}

function texts(): Fill {
  const values: string[] = [];
  return {
    set: (_row, cell) => {
      values.push(String(cell));
    },
    finish: () => ({ type: "text", values }),
  };
}

/** Doubles as long as they are exact. */
function wholeNumbers(): Fill {
  let values: Float64Array | BigInt64Array = new Float64Array(BATCH_ROWS);
  return {
    set: (row, cell) => {
      if (typeof cell === "bigint" && values instanceof Float64Array) values = widened(values, row);
      if (values instanceof Float64Array) values[row] = Number(cell);
      else values[row] = BigInt(cell);
    },
    finish: (rows) => ({ type: "int64", values: values.subarray(0, rows) }),
  };
}

function widened(values: Float64Array, rows: number): BigInt64Array {
  const wide = new BigInt64Array(values.length);
  for (let i = 0; i < rows; i++) wide[i] = BigInt(values[i]!);
  return wide;
}

/** What is exported: tables, whose rows come in batches of columns, so that no more than a batch is in memory. */

/** The cells of a column in one batch. */
export type Cells =
  /** Names that repeat, such as runs: each cell is a place in `labels`, which is the same in all batches. */
  | { readonly type: "label"; readonly labels: readonly string[]; readonly values: Int32Array }
  | { readonly type: "text"; readonly values: readonly string[] }
  /** Whole numbers; BigInt64Array in a batch in which one is beyond 2^53. */
  | { readonly type: "int64"; readonly values: Float64Array | BigInt64Array }
  | { readonly type: "int32"; readonly values: Int32Array }
  | { readonly type: "float64"; readonly values: Float64Array }
  | { readonly type: "float32"; readonly values: Float32Array }
  /** 1 for true. */
  | { readonly type: "bool"; readonly values: Uint8Array };

export type Column =
  | { readonly name: string; readonly type: "label"; readonly labels: readonly string[] }
  | { readonly name: string; readonly type: Exclude<Cells["type"], "label"> };

export interface Batch {
  readonly rows: number;
  /** In the order of the table's columns. */
  readonly columns: readonly Cells[];
}

/** A value for one cell: a label's place, a text, a number or a truth value, as the column's type asks. */
export type Cell = string | number | bigint | boolean;

export interface Table {
  /** Of its file, where several are written: `scalars`. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows, in batches of the same columns; to be gone through once. */
  readonly batches: Iterable<Batch>;
}

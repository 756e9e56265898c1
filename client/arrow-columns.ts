/** Columns of Arrow answers as typed arrays: without copies where the column is of that type. */
import { type Column, type Table, tableFromIPC } from "@uwdata/flechette";

export function decodeTable(bytes: Uint8Array): Table {
  return tableFromIPC(bytes, { useBigInt: true });
}

/** What the server says of the table besides its columns. */
export function metadataOf(table: Table): unknown {
  const text = table.schema.metadata?.get("tsboard");
  if (text === undefined) throw new TypeError("the server's answer has no tsboard metadata");
  return JSON.parse(text);
}

export function hasColumn(table: Table, name: string): boolean {
  return table.names.includes(name);
}

/** @throws TypeError when the table has no such column */
export function columnOf(table: Table, name: string): Column<unknown> {
  const column: Column<unknown> | undefined = table.getChild(name);
  if (column === undefined) throw new TypeError(`the server's answer has no column ${name}`);
  return column;
}

export function float64Column(table: Table, name: string): Float64Array {
  const values: ArrayLike<unknown> = columnOf(table, name).toArray();
  return values instanceof Float64Array ? values : Float64Array.from(values, Number);
}

export function float32Column(table: Table, name: string): Float32Array {
  const values: ArrayLike<unknown> = columnOf(table, name).toArray();
  return values instanceof Float32Array ? values : Float32Array.from(values, Number);
}

export function int32Column(table: Table, name: string): Int32Array {
  const values: ArrayLike<unknown> = columnOf(table, name).toArray();
  return values instanceof Int32Array ? values : Int32Array.from(values, Number);
}

/** Steps: as doubles, and exactly where one of them passes 2^53. */
export interface StepColumn {
  readonly step: Float64Array;
  readonly exactStep: BigInt64Array | null;
}

export function stepColumn(table: Table, name: string): StepColumn {
  const values: ArrayLike<unknown> = columnOf(table, name).toArray();
  if (!(values instanceof BigInt64Array)) return { step: float64Column(table, name), exactStep: null };
  return { step: Float64Array.from(values, Number), exactStep: values };
}

/** Rows `from` to `to` of it. */
export function stepsBetween({ step, exactStep }: StepColumn, from: number, to: number): StepColumn {
  return { step: step.subarray(from, to), exactStep: exactStep?.subarray(from, to) ?? null };
}

/** The text of each row. */
export function textColumn(table: Table, name: string): string[] {
  return Array.from(columnOf(table, name), String);
}

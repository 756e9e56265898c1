/** Rows as comma-separated values (RFC 4180). */
import { csvCell } from "../../../board/csv.ts";

interface CsvColumn<R> {
  readonly title: string;
  value(row: R): string | number | null;
}

export function toCsv<R>(columns: readonly CsvColumn<R>[], rows: readonly R[]): string {
  const lines = [columns.map((column) => cell(column.title)).join(",")];
  for (const row of rows) lines.push(columns.map((column) => cell(column.value(row))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function cell(value: string | number | null): string {
  return csvCell(value === null ? "" : String(value));
}

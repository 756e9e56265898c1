/** CSV as Python's csv module writes it: CRLF, quotes where needed, floats always with a point. */

import { pythonFloat } from "../../proto/text-format/float-text.ts";

/** A floating-point number: 1 is written 1.0, and NaN and infinities as `nan`, `inf`, `-inf`. */
export interface CsvFloat {
  readonly float: number;
}

export type Cell = string | number | bigint | CsvFloat;

export function toCsv(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  return [...csvPieces(header, rows)].join("");
}

/** The same, a line at a time. */
export function* csvPieces(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string, void, undefined> {
  yield `${line(header)}\r\n`;
  for (const row of rows) yield `${line(row)}\r\n`;
}

/** A row that is one empty text is not an empty line, which would be no row. */
function line(row: readonly Cell[]): string {
  return row.length === 1 && row[0] === "" ? '""' : row.map(cell).join(",");
}

function cell(value: Cell): string {
  if (typeof value === "string") return csvText(value);
  return typeof value === "object" ? pythonFloat(value.float) : String(value);
}

/** A text as a cell: in quotes where it holds what ends cells or rows. */
export function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Points as CSV: row, metadata and places. */
import { csvCell } from "../../../board/csv.ts";
import { type Column, textAt } from "../data/columns.ts";

export function csvOf(
  rows: ArrayLike<number>,
  columns: readonly Column[],
  axes: readonly { readonly name: string; at(row: number): number }[],
): Blob {
  const parts: string[] = [
    line(["row", ...columns.map(({ name }) => name), ...axes.map(({ name }) => name)]),
  ];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    parts.push(
      line([
        String(row),
        ...columns.map((column) => textAt(column, row)),
        ...axes.map(({ at }) => String(at(row))),
      ]),
    );
  }
  return new Blob(parts, { type: "text/csv" });
}

function line(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

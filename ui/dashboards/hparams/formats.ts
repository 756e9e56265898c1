/** The table as files: CSV, JSON and LaTeX, as it is shown. */
import { formatValue } from "../../app/format.ts";
import { csvCell } from "../../board/csv.ts";
import type { Cell, Column, Row } from "./table.ts";

export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: readonly Cell[]): string =>
    cells.map((cell) => csvCell(cell === null ? "" : String(cell))).join(",");
  return [
    line(["session", "status", ...columns.map(({ title }) => title)]),
    ...rows.map(({ title, status, cells }) => line([title, status, ...cells])),
    "",
  ].join("\n");
}

export function toJson(columns: readonly Column[], rows: readonly Row[]): string {
  return JSON.stringify(
    rows.map(({ title, status, runs, cells }) => ({
      session: title,
      status,
      runs,
      ...Object.fromEntries(columns.map(({ id }, i) => [id.slice(2), cells[i] ?? null])),
    })),
  );
}

export function toLatex(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(escaped).join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{l${columns.map(({ numeric }) => (numeric ? "r" : "l")).join("")}}`,
    "\\hline",
    line(["session", ...columns.map(({ title }) => title)]),
    "\\hline",
    ...rows.map(({ title, cells }) => line([title, ...cells.map(cellText)])),
    "\\hline",
    "\\end{tabular}",
    "",
  ].join("\n");
}

const escaped = (text: string): string =>
  text.replaceAll(/[\\&%$#_{}~^]/g, (one) =>
    one === "\\" ? "\\textbackslash{}" : one === "~" ? "\\~{}" : one === "^" ? "\\^{}" : `\\${one}`,
  );

/** A cell as people read it. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  const exact = String(cell);
  return typeof cell === "number" && exact.length > 8 ? formatValue(cell) : exact;
}

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

/** Whether a number is one that a float32 holds: scalars are, and what is computed from them is not. */
export const isFloat32 = (value: number): boolean => Math.fround(value) === value;

/** Digits that tell every float32 from its neighbours. */
const FLOAT32_DIGITS = 9;

/** All digits that matter: of a float32 the fewest that give it back, `0.8` and not `0.800000011920929`. */
export function shortestText(value: number): string {
  const exact = String(value);
  if (!Number.isFinite(value) || !isFloat32(value)) return exact;
  for (let digits = 1; digits <= FLOAT32_DIGITS; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text.length < exact.length ? text : exact;
  }
  return exact;
}

/** A cell as people read it. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "number") return String(cell);
  const text = shortestText(cell);
  return text.length > 8 ? formatValue(cell) : text;
}

/** The table as files: CSV, JSON and LaTeX, as it is shown. */
import { formatValue } from "../../app/format.ts";
import { csvCell } from "../../board/csv.ts";
import { toldApart } from "./column-names.ts";
import { type Cell, type Column, type Row, spreadOf } from "./table.ts";

/** Beside a metric of which rows have a spread stands a column of it. */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: readonly Cell[]): string =>
    cells.map((cell) => csvCell(cell === null ? "" : String(cell))).join(",");
  const spreads = columns.map((column, i) => rows.some((row) => spreadOf(row, column, i) !== null));
  const beside = (of: (column: Column, i: number) => Cell, spread: (column: Column, i: number) => Cell) =>
    columns.flatMap((column, i) => [of(column, i), ...(spreads[i] ? [spread(column, i)] : [])]);
  return [
    line([
      "session",
      "status",
      ...beside(
        ({ title }) => title,
        ({ title }) => `${title} spread`,
      ),
    ]),
    ...rows.map((row) =>
      line([
        row.title,
        row.status,
        ...beside(
          (_, i) => row.cells[i] ?? null,
          (column, i) => spreadOf(row, column, i),
        ),
      ]),
    ),
    "",
  ].join("\n");
}

/** An object a row, by the names of columns; where these have a spread, `spread` has it by the same names. */
export function toJson(columns: readonly Column[], rows: readonly Row[]): string {
  const names = toldApart(
    columns,
    columns.map(({ id }) => id.slice(2)),
  );
  return JSON.stringify(
    rows.map((row) => {
      const spreads = columns.flatMap((column, i) => {
        const spread = spreadOf(row, column, i);
        return spread === null ? [] : [[names[i]!, spread] as const];
      });
      return {
        session: row.title,
        status: row.status,
        runs: row.runs,
        ...Object.fromEntries(names.map((name, i) => [name, row.cells[i] ?? null])),
        ...(spreads.length > 0 && { spread: Object.fromEntries(spreads) }),
      };
    }),
  );
}

export function toLatex(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `${cells.join(" & ")} \\\\`;
  const cell = (row: Row, column: Column, i: number): string => {
    const spread = spreadOf(row, column, i);
    const text = escaped(cellText(row.cells[i] ?? null));
    return spread === null ? text : `${text} $\\pm$ ${escaped(formatValue(spread, 3))}`;
  };
  return [
    `\\begin{tabular}{l${columns.map(({ numeric }) => (numeric ? "r" : "l")).join("")}}`,
    "\\hline",
    line(["session", ...columns.map(({ title }) => title)].map(escaped)),
    "\\hline",
    ...rows.map((row) => line([escaped(row.title), ...columns.map((column, i) => cell(row, column, i))])),
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

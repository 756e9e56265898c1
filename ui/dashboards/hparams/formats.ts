/** The table as files: CSV, JSON and LaTeX, as it is shown. */
import { formatValue } from "../../app/format.ts";
import { csvCell } from "../../board/csv.ts";
import { toldApart } from "./column-names.ts";
import { type Cell, type Column, lostOfTrial, type Row, spreadOf } from "./table.ts";

/** Beside a metric of which rows have a spread stands a column of it, and one of how many sessions are not in the value. */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: readonly Cell[]): string =>
    cells.map((cell) => csvCell(cell === null ? "" : String(cell))).join(",");
  const spreads = columns.map((column, i) => rows.some((row) => spreadOf(row, column, i) !== null));
  const losses = columns.map((_, i) => rows.some((row) => lostOfTrial(row, i) > 0));
  type Of = (column: Column, i: number) => Cell;
  const beside = (of: Of, spread: Of, lost: Of) =>
    columns.flatMap((column, i) => [
      of(column, i),
      ...(spreads[i] ? [spread(column, i)] : []),
      ...(losses[i] ? [lost(column, i)] : []),
    ]);
  return [
    line([
      "session",
      "status",
      ...beside(
        ({ title }) => title,
        ({ title }) => `${title} spread`,
        ({ title }) => `${title} lost`,
      ),
    ]),
    ...rows.map((row) =>
      line([
        row.title,
        row.status,
        ...beside(
          (_, i) => row.cells[i] ?? (isLost(row, i) ? NOT_FINITE : null),
          (column, i) => spreadOf(row, column, i),
          (_, i) => lostOfTrial(row, i),
        ),
      ]),
    ),
    "",
  ].join("\n");
}

/**
 * An object a row, by the names of columns; where these have a spread, `spread` has it by the same names, and `lost` how
 * many sessions are not in the value.
 */
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
      const lost = columns.flatMap((_, i) => {
        const many = lostOfTrial(row, i);
        return many === 0 ? [] : [[names[i]!, many] as const];
      });
      return {
        session: row.title,
        status: row.status,
        runs: row.runs,
        ...Object.fromEntries(names.map((name, i) => [name, row.cells[i] ?? null])),
        ...(spreads.length > 0 && { spread: Object.fromEntries(spreads) }),
        ...(lost.length > 0 && { lost: Object.fromEntries(lost) }),
      };
    }),
  );
}

export function toLatex(columns: readonly Column[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `${cells.join(" & ")} \\\\`;
  const cell = (row: Row, column: Column, i: number): string => {
    const spread = spreadOf(row, column, i);
    const text = escaped(textAt(row, i));
    const lost = lostOfTrial(row, i);
    if (spread === null) return text;
    return `${text} $\\pm$ ${escaped(formatValue(spread, 3))}${lost > 0 ? `, ${lost} of ${row.runs.length} NaN` : ""}`;
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

const NOT_FINITE = "NaN";

const isLost = ({ cells, lost }: Row, place: number): boolean =>
  (cells[place] ?? null) === null && (lost[place] ?? 0) > 0;

/** A row's cell as people read it: a metric that has become NaN or infinite is not one that is missing. */
export function textAt(row: Row, place: number): string {
  return isLost(row, place) ? NOT_FINITE : cellText(row.cells[place] ?? null);
}

/** A cell as people read it. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "number") return String(cell);
  const text = shortestText(cell);
  return text.length > 8 ? formatValue(cell) : text;
}

/** CSV as Python's csv module writes it: CRLF, quotes where needed, floats always with a point. */

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

/** `repr` of a Python float. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const magnitude = Math.abs(value);
  // Python changes to exponents at 1e16 and below 1e-4, JavaScript at 1e21 and below 1e-6.
  if (magnitude !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    const power = exponent.slice(1).padStart(2, "0");
    return `${digits}e${exponent[0] === "-" ? "-" : "+"}${power}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

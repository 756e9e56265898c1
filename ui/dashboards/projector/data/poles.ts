/** Ends of custom axes: a search, a regular expression, or points by their rows as `#3, #17`. */
import type { Column } from "./columns.ts";
import { matchingRows } from "./search.ts";

const ROWS = /^\s*#\d+(\s*,\s*#\d+)*\s*$/;
/** More points do not fit into an address; a search says which they are. */
export const MOST_POLE_POINTS = 200;

export interface Pole {
  readonly text: string;
  /** Whether the text is a regular expression. */
  readonly regex: boolean;
}

/**
 * The rows that a pole stands for, ascending; none where it is empty, which stands for all.
 *
 * @throws Error in words, when it stands for no point at all
 */
export function poleRows(
  { text, regex }: Pole,
  columns: readonly Column[],
  total: number,
): Uint32Array<ArrayBuffer> {
  if (text.trim() === "") return new Uint32Array(0);
  if (!regex && ROWS.test(text)) {
    const rows = rowsIn(text).filter((row) => row < total);
    if (rows.length > 0) return Uint32Array.from(rows);
  }
  const { rows, error } = matchingRows(columns, total, { text, column: "", regex });
  if (error !== null) throw new Error(`"${text}": ${error}`);
  if (rows.length === 0) throw new Error(`no point ${regex ? "matches" : "is called"} "${text}"`);
  return rows;
}

const rowsIn = (text: string): number[] => text.split(",").map((part) => Number(part.trim().slice(1)));

/** Points as the text of a pole. */
export function poleOf(rows: ArrayLike<number>): string {
  return Array.from(rows, (row) => `#${row}`).join(",");
}

/** A pole for people to read: rows by their names, where there are few. */
export function poleTitle({ text, regex }: Pole, nameOf: (row: number) => string): string {
  if (text.trim() === "") return "all";
  if (regex) return `/${text}/`;
  if (!ROWS.test(text)) return text;
  const rows = rowsIn(text);
  return rows.length <= 3 ? rows.map(nameOf).join(", ") : `${rows.length} points`;
}

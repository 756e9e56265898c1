/** Ends of custom axes: a search, or points by their rows as `#3, #17`. */
import type { Column } from "./columns.ts";
import { matchingRows } from "./search.ts";

const ROWS = /^\s*#\d+(\s*,\s*#\d+)*\s*$/;
/** More points do not fit into an address; a search says which they are. */
export const MOST_POLE_POINTS = 200;

/**
 * The rows that a pole stands for, ascending; none where it is empty, which stands for all.
 *
 * @throws Error in words, when it stands for no point at all
 */
export function poleRows(text: string, columns: readonly Column[], total: number): Uint32Array<ArrayBuffer> {
  if (text.trim() === "") return new Uint32Array(0);
  const rows = ROWS.test(text)
    ? Uint32Array.from(text.split(","), (part) => Number(part.trim().slice(1))).filter((row) => row < total)
    : matchingRows(columns, total, { text, column: "", regex: false }).rows;
  if (rows.length === 0) throw new Error(`no point is called "${text}"`);
  return rows;
}

/** Points as the text of a pole. */
export function poleOf(rows: ArrayLike<number>): string {
  return Array.from(rows, (row) => `#${row}`).join(",");
}

/** A pole for people to read: rows by their names, where there are few. */
export function poleTitle(text: string, nameOf: (row: number) => string): string {
  if (text.trim() === "") return "all";
  if (!ROWS.test(text)) return text;
  const rows = text.split(",").map((part) => Number(part.trim().slice(1)));
  return rows.length <= 3 ? rows.map(nameOf).join(", ") : `${rows.length} points`;
}

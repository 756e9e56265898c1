/** Search over all rows: text, a regular expression that cannot run away (re2js), or a range of numbers in a column. */
import { RE2JS } from "re2js";
import type { Column } from "./columns.ts";

export interface Search {
  readonly text: string;
  /** Empty: all columns. */
  readonly column: string;
  readonly regex: boolean;
}

export interface Found {
  /** Ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** What is wrong with the search, in words; null when nothing is. */
  readonly error: string | null;
  /** How it was understood, for the person who typed it. */
  readonly meaning: string;
}

const none = new Uint32Array(0);

/** `3..7`, `>= 3`, `<7`, `= 5`: a range of a column's numbers. */
const RANGE =
  /^\s*(?:(-?[\d.]+(?:e[+-]?\d+)?)\s*\.\.\s*(-?[\d.]+(?:e[+-]?\d+)?)|(<=|>=|<|>|=)\s*(-?[\d.]+(?:e[+-]?\d+)?))\s*$/i;

/** Rows that match; of text case is ignored, unless the search has a capital letter. */
export function matchingRows(columns: readonly Column[], total: number, search: Search): Found {
  const { text, column: name, regex } = search;
  if (text === "") return { rows: none, error: null, meaning: "" };
  const searched = name === "" ? columns : columns.filter((column) => column.name === name);
  const range = regex ? null : rangeOf(text);
  if (range && searched.some(({ numbers }) => numbers)) return inRange(searched, total, range);
  const test = regex ? expressionTest(text) : textTest(text);
  if (typeof test === "string") return { rows: none, error: test, meaning: "" };
  const mask = new Uint8Array(total);
  for (const { values, indices } of searched) {
    const fits = Uint8Array.from(values, (value) => (test(value) ? 1 : 0));
    for (let row = 0; row < indices.length; row++) {
      const index = indices[row]!;
      if (index >= 0 && fits[index] === 1) mask[row] = 1;
    }
  }
  return { rows: rowsOf(mask), error: null, meaning: regex ? "expression" : "text" };
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether the ends are in it. */
  readonly closed: boolean;
}

function rangeOf(text: string): Range | null {
  const match = RANGE.exec(text);
  if (!match) return null;
  const [, from, to, sign, bound] = match;
  if (from !== undefined && to !== undefined) return { from: Number(from), to: Number(to), closed: true };
  const value = Number(bound);
  const closed = sign === "=" || sign === "<=" || sign === ">=";
  if (sign === "=") return { from: value, to: value, closed };
  return sign?.startsWith("<")
    ? { from: Number.NEGATIVE_INFINITY, to: value, closed }
    : { from: value, to: Number.POSITIVE_INFINITY, closed };
}

function inRange(columns: readonly Column[], total: number, { from, to, closed }: Range): Found {
  const mask = new Uint8Array(total);
  for (const { numbers } of columns) {
    if (!numbers) continue;
    for (let row = 0; row < numbers.length; row++) {
      const value = numbers[row]!;
      if (closed ? value >= from && value <= to : value > from && value < to) mask[row] = 1;
    }
  }
  return { rows: rowsOf(mask), error: null, meaning: "range" };
}

function expressionTest(text: string): ((value: string) => boolean) | string {
  try {
    const expression = RE2JS.compile(text, /[A-Z]/.test(text) ? 0 : RE2JS.CASE_INSENSITIVE);
    return (value) => expression.matcher(value).find();
  } catch (error) {
    return `Not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function textTest(text: string): (value: string) => boolean {
  if (/\p{Lu}/u.test(text)) return (value) => value.includes(text);
  return (value) => value.toLowerCase().includes(text);
}

function rowsOf(mask: Uint8Array): Uint32Array<ArrayBuffer> {
  let count = 0;
  for (const one of mask) count += one;
  const rows = new Uint32Array(count);
  for (let row = 0, at = 0; row < mask.length; row++) if (mask[row] === 1) rows[at++] = row;
  return rows;
}

/**
 * What is known of each point, as the tab-separated text that the projector reads: a header and a row a point, or
 * labels alone. A table of one column has no header: the projector tells a header by its tabs.
 */
import type { NumericArray } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";

/**
 * A value in a table; text without tabs and line breaks.
 *
 * @example
 * const labels: Label[] = ["cat", 7, true];
 * await writer.projector("three", [[0, 1], [1, 0], [1, 1]], { metadata: labels });
 */
export type Label = string | number | boolean;

/**
 * What is known of each point: its label; or columns by name, `{ word: […], count: […] }`; or a row each,
 * `[{ word: "a", count: 3 }, …]`, where what is left out stays empty.
 *
 * @example
 * const metadata: ProjectorMetadata = [{ word: "tea", count: 3 }, { word: "cat" }];
 * await writer.projector("words", [[0, 1], [1, 0]], { metadata });
 */
export type ProjectorMetadata =
  | readonly Label[]
  | Readonly<Record<string, readonly Label[] | NumericArray>>
  | readonly Readonly<Record<string, Label>>[];

/** A column without a name is alone. */
interface Column {
  readonly name: string;
  readonly values: ArrayLike<unknown>;
}

/**
 * @param points how many there are
 * @throws ShapeError when a column is not of that length
 * @throws ValueError when a value is no label or would break its row, or a row is blank
 */
export function metadataTsv(metadata: ProjectorMetadata, points: number): string {
  const columns = toColumns(metadata);
  for (const { name, values } of columns)
    if (values.length !== points)
      throw new ShapeError(`${points} points, but ${values.length} values in metadata "${name}"`);
  const lines = Array.from({ length: points }, (_, row) => {
    const line = columns.map(({ name, values }) => cell(values[row], `"${name}" of point ${row}`)).join("\t");
    // The projector skips such a line, and every point behind it would get its neighbour's label.
    if (line.trim() === "") throw new ValueError(`metadata of point ${row} is blank: give it some text`);
    return line;
  });
  const header = columns.length > 1 ? [columns.map(({ name }) => columnName(name)).join("\t")] : [];
  return [...header, ...lines, ""].join("\n");
}

function toColumns(metadata: ProjectorMetadata): readonly Column[] {
  if (typeof metadata !== "object" || metadata === null)
    throw new ValueError(`metadata is labels, rows or columns, not ${describe(metadata)}`);
  const columns = Array.isArray(metadata) ? fromArray(metadata) : fromEntries(metadata);
  if (columns.length === 0) throw new ValueError("metadata without columns");
  return columns;
}

function fromArray(metadata: readonly unknown[]): readonly Column[] {
  if (!metadata.some(isRow)) return [{ name: "label", values: metadata }];
  const other = metadata.findIndex((row) => !isRow(row));
  if (other >= 0) throw new ValueError(`rows of metadata are objects, but row ${other} is not one`);
  const rows = metadata.filter(isRow);
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].map((name) => ({ name, values: rows.map((row) => Reflect.get(row, name) ?? "") }));
}

function fromEntries(metadata: object): readonly Column[] {
  return Object.entries(metadata).map(([name, values]: [string, unknown]) => {
    if (Array.isArray(values) || isTypedArray(values)) return { name, values };
    throw new ValueError(`metadata "${name}" is an array of values, not ${describe(values)}`);
  });
}

function isTypedArray(values: unknown): values is NumericArray {
  return ArrayBuffer.isView(values) && !(values instanceof DataView);
}

function isRow(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function columnName(name: string): string {
  if (name.trim() === "") throw new ValueError("a column of metadata has no name");
  return cell(name, "the name of a column");
}

function cell(value: unknown, where: string): string {
  const type = typeof value;
  if (type !== "string" && type !== "number" && type !== "boolean" && type !== "bigint")
    throw new ValueError(`metadata is text, numbers and booleans, but ${where} is ${describe(value)}`);
  const text = String(value);
  if (/[\t\n\r]/.test(text))
    throw new ValueError(
      `metadata has a tab or line break, which divide its columns and rows: ${where} is ${describe(text)}`,
    );
  return text;
}

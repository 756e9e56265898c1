/** Markdown at a step, alone or as a table of strings: the text dashboard. */
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import type { Plugin, Recorder } from "../recorder.ts";

/**
 * A string, a list of strings, or rows of strings of equal length.
 *
 * @example
 * const table: Text = [
 *   ["rate", "accuracy"],
 *   ["0.1", "0.97"],
 * ];
 * writer.text("results", table, { step: 0 });
 */
export type Text = string | readonly string[] | readonly (readonly string[])[];

const TEXT: Plugin = { name: "text" };
const DEFAULTS: SummaryOptions = {};

/**
 * Writes text.
 *
 * @param text Markdown; a list is shown as a table of one column, rows as a table
 * @returns whether it was kept
 * @throws ValueError when there is something other than strings, ShapeError when rows differ in length
 * @throws TagError, StepError
 * @example
 * writer.text("note", "The loss **fell**.", { step: 0 });
 */
export function text(
  recorder: Recorder,
  tag: string,
  text: Text,
  options: SummaryOptions = DEFAULTS,
): boolean {
  checkOptions(options, SUMMARY_OPTIONS, () => `text "${tag}"`);
  const { strings, shape } = flatten(text);
  return recorder.tensor(tag, TEXT, encodeTensor(strings, shape), options);
}

function flatten(text: Text): { strings: string[]; shape: number[] } {
  if (typeof text === "string") return { strings: [text], shape: [] };
  if (!Array.isArray(text)) throw new ValueError(`text is a string or an array, not ${describe(text)}`);
  const rows: readonly unknown[] = text;
  if (!rows.some(Array.isArray)) return { strings: rows.map(checkString), shape: [rows.length] };
  const columns = rows.map((row) => (Array.isArray(row) ? row.length : 0));
  const width = columns[0] ?? 0;
  if (columns.some((length) => length !== width))
    throw new ShapeError(`rows of text must be of equal length, but have ${columns.join(", ")} strings`);
  return { strings: rows.flat().map(checkString), shape: [rows.length, width] };
}

function checkString(value: unknown): string {
  if (typeof value === "string") return value;
  throw new ValueError(`text is made of strings, but holds ${describe(value)}`);
}

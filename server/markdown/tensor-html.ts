/** A tensor of text as people see it: Markdown rendered and made safe, vectors and matrices as tables. */
import { DataType, decodeText, type TensorValue } from "../../proto/index.ts";
import { pythonFloat } from "../../proto/text-format/float-text.ts";
import { Breather } from "../util/breather.ts";
import { renderMarkdown, sanitize } from "./index.ts";

/** A tensor of text as HTML that is safe to show: one text as it is, a vector as a column, a matrix as a table. */
export async function tensorHtml(tensor: TensorValue, markdown: boolean): Promise<string> {
  const cells = tensor.dtype === DataType.DT_STRING ? decodeText(tensor) : numbersAsText(tensor);
  const { shape } = tensor;
  if (shape.length === 0) return await cellsHtml(cells.slice(0, 1), markdown, ([only]) => only ?? "");
  const rows = shape.length === 1 ? shape[0]! : shape.at(-2)!;
  const columns = shape.length === 1 ? 1 : shape.at(-1)!;
  const warning = shape.length > 2 ? renderMarkdown(sliceWarning(shape.length)) : "";
  // Of more dimensions than two, the first table.
  const shown = cells.slice(0, rows * columns);
  return warning + (await cellsHtml(shown, markdown, (htmls) => table(htmls, rows, columns)));
}

/** Numbers and truth values as Python writes them. */
function numbersAsText({ dtype, data }: TensorValue): string[] {
  const values: readonly unknown[] = [...data];
  if (dtype === DataType.DT_BOOL) return values.map((value) => (value ? "True" : "False"));
  if (data instanceof Float64Array) return Array.from(data, pythonFloat);
  if (data instanceof Float32Array) return Array.from(data, (value) => pythonFloat(shortestFloat32(value)));
  return values.map(String);
}

/** The number with the fewest digits that is the same as a 32-bit float. */
function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

/** Cells rendered and made safe each on its own, then put together. Others have the thread in between. */
async function cellsHtml(
  cells: readonly string[],
  markdown: boolean,
  combine: (htmls: readonly string[]) => string,
): Promise<string> {
  const breather = new Breather();
  const htmls: string[] = [];
  let nulls = 0;
  for (const cell of cells) {
    nulls += cell.split("\0").length - 1;
    htmls.push(markdown ? renderMarkdown(cell.replaceAll("\0", "")) : sanitize(cell));
    await breather.pause();
  }
  return markdown && nulls > 0 ? nullWarning(nulls) + combine(htmls) : combine(htmls);
}

function table(htmls: readonly string[], rows: number, columns: number): string {
  const body = Array.from({ length: rows }, (_, row) => {
    const cells = htmls.slice(row * columns, (row + 1) * columns);
    return `<tr>\n${cells.map((html) => `<td>${html}</td>\n`).join("")}</tr>\n`;
  });
  return `<table>\n<tbody>\n${body.join("")}</tbody>\n</table>`;
}

// Both are part of the answer, and so are stock's to the letter.
const sliceWarning = (dimensions: number): string =>
  `**Warning:** This text summary contained data of dimensionality ${dimensions}, ` +
  "but only   2d tables are supported. Showing a 2d slice of the data instead.";
const nullWarning = (nulls: number): string =>
  `<!-- WARNING: discarded ${nulls} null bytes in markdown string after UTF-8 decoding -->\n`;

/** Text: Markdown per step, or tables of it. */
import { DataType, decodeText, type TensorValue } from "../../proto/index.ts";
import { sendJson } from "../http/json.ts";
import { optional, required } from "../http/parameters.ts";
import { DataClass } from "../ingest/series-metadata.ts";
import { renderMarkdown, renderMarkdowns, sanitize } from "../markdown/index.ts";
import { pythonFloat } from "./csv.ts";
import { customElement, type Plugin } from "./plugin.ts";
import { tagIndex } from "./tag-index.ts";

export const text: Plugin = {
  name: "text",
  tabName: "text",
  loading: customElement("tf-text-dashboard"),
  routes(router, data) {
    router.get("/tags", (_request, response) => {
      const index = tagIndex(data, "text", DataClass.DATA_CLASS_TENSOR, ({ tag }) => tag);
      sendJson(response, new Map([...index].map(([run, tags]) => [run, [...tags.keys()]])));
    });

    router.get("/text", async (request, response) => {
      const run = required(request, "run");
      const tag = required(request, "tag");
      const markdown = optional(request, "markdown") !== "false";
      const series = (await data.tensors("text", run, tag)) ?? [];
      const rows = series.map(({ wallTime, step, value }) => ({
        wall_time: wallTime,
        step,
        text: tensorHtml(value, markdown),
      }));
      sendJson(response, rows);
    });
  },
};

/** A tensor of text as HTML that is safe to show: one text as it is, a vector as a column, a matrix as a table. */
function tensorHtml(tensor: TensorValue, markdown: boolean): string {
  const cells = tensor.dtype === DataType.DT_STRING ? decodeText(tensor) : numbersAsText(tensor);
  const { shape } = tensor;
  if (shape.length === 0) return cellsHtml(cells.slice(0, 1), markdown, ([only]) => only ?? "");
  const rows = shape.length === 1 ? shape[0]! : shape.at(-2)!;
  const columns = shape.length === 1 ? 1 : shape.at(-1)!;
  const warning = shape.length > 2 ? renderMarkdown(sliceWarning(shape.length)) : "";
  // Of more dimensions than two, the first table.
  const shown = cells.slice(0, rows * columns);
  return warning + cellsHtml(shown, markdown, (htmls) => table(htmls, rows, columns));
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

/** Cells rendered each on its own, put together, then made safe as a whole. */
function cellsHtml(
  cells: readonly string[],
  markdown: boolean,
  combine: (htmls: readonly string[]) => string,
): string {
  if (!markdown) return sanitize(combine(cells));
  const nulls = cells.reduce((sum, cell) => sum + cell.split("\0").length - 1, 0);
  const html = renderMarkdowns(
    cells.map((cell) => cell.replaceAll("\0", "")),
    combine,
  );
  return nulls > 0 ? nullWarning(nulls) + html : html;
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

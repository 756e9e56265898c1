/**
 * Tables as CSV: a header, a row a line, fields in quotes where they need them. Floating-point numbers as Python writes
 * them, always with a point or an exponent; those that are none are `nan`, `inf` and `-inf`.
 */
import { pythonFloat } from "../../../../proto/text-format/float-text.ts";
import { csvText } from "../../../plugins/csv.ts";
import type { Output } from "../output.ts";
import type { Table } from "../table.ts";
import { cellText, LabelTexts, type Texts, writeLines } from "./text-lines.ts";

export function writeCsv({ columns, batches }: Table, output: Output): void {
  output.write(Buffer.from(`${columns.map(({ name }) => name).join(",")}\n`));
  const texts: Texts = { labels: new LabelTexts(csvText), text: csvText, float: pythonFloat };
  for (const batch of batches)
    writeLines(
      batch,
      (cells, column) => {
        const text = cellText(cells, texts);
        return column === 0 ? text : (row) => `,${text(row)}`;
      },
      "\n",
      output,
    );
}

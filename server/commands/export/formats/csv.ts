/**
 * Tables as CSV: a header, a row a line, fields in quotes where they need them. Floating-point numbers as Python writes
 * them, always with a point or an exponent; those that are none are `nan`, `inf` and `-inf`.
 */
import { csvText } from "../../../plugins/csv.ts";
import { pythonFloat } from "../../../util/python-float.ts";
import type { Output } from "../output.ts";
import type { Cells, Table } from "../table.ts";
import { type CellText, LabelTexts, writeLines } from "./text-lines.ts";

export function writeCsv({ columns, batches }: Table, output: Output): void {
  output.write(Buffer.from(`${columns.map(({ name }) => name).join(",")}\n`));
  const labels = new LabelTexts(csvText);
  for (const batch of batches)
    writeLines(
      batch,
      (cells, column) => {
        const text = cellText(cells, labels);
        return column === 0 ? text : (row) => `,${text(row)}`;
      },
      "\n",
      output,
    );
}

function cellText(cells: Cells, labels: LabelTexts): CellText {
  const { values } = cells;
  switch (cells.type) {
    case "label": {
      const texts = labels.of(cells.labels);
      return (row) => texts[cells.values[row]!]!;
    }
    case "text":
      return (row) => csvText(cells.values[row]!);
    case "float64":
    case "float32":
      return (row) => pythonFloat(cells.values[row]!);
    case "bool":
      return (row) => (values[row] ? "true" : "false");
    case "int64":
    case "int32":
      return (row) => String(values[row]);
  }
}

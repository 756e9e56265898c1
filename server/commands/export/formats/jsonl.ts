/**
 * Tables as JSON lines: an object a row. Numbers that JSON has not are the texts "NaN", "Infinity" and "-Infinity", as in
 * the answers of the server; whole numbers stand digit by digit, those beyond 2^53 too.
 */
import { pythonFloat } from "../../../util/python-float.ts";
import type { Output } from "../output.ts";
import type { Cells, Table } from "../table.ts";
import { type CellText, LabelTexts, writeLines } from "./text-lines.ts";

export function writeJsonLines({ columns, batches }: Table, output: Output): void {
  const keys = columns.map(({ name }, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  const labels = new LabelTexts((label) => JSON.stringify(label));
  for (const batch of batches)
    writeLines(
      batch,
      (cells, column) => {
        const [key, text] = [keys[column]!, cellText(cells, labels)];
        return (row) => key + text(row);
      },
      "}\n",
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
      return (row) => JSON.stringify(values[row]);
    case "float64":
    case "float32":
      return (row) => jsonFloat(cells.values[row]!);
    case "bool":
      return (row) => (values[row] ? "true" : "false");
    case "int64":
    case "int32":
      return (row) => String(values[row]);
  }
}

/** With a point or an exponent, by which readers that guess types tell it from a whole number. */
function jsonFloat(value: number): string {
  return Number.isFinite(value) ? pythonFloat(value) : `"${value}"`;
}

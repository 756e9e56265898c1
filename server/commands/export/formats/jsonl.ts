/**
 * Tables as JSON lines: an object a row. Numbers that JSON has not are the texts "NaN", "Infinity" and "-Infinity", as in
 * the answers of the server; whole numbers stand digit by digit, those beyond 2^53 too.
 */
import { pythonFloat } from "../../../../proto/text-format/float-text.ts";
import type { Output } from "../output.ts";
import type { Table } from "../table.ts";
import { cellText, LabelTexts, type Texts, writeLines } from "./text-lines.ts";

export function writeJsonLines({ columns, batches }: Table, output: Output): void {
  const keys = columns.map(({ name }, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  const texts: Texts = { labels: new LabelTexts(jsonText), text: jsonText, float: jsonFloat };
  for (const batch of batches)
    writeLines(
      batch,
      (cells, column) => {
        const [key, text] = [keys[column]!, cellText(cells, texts)];
        return (row) => key + text(row);
      },
      "}\n",
      output,
    );
}

const jsonText = (text: string): string => JSON.stringify(text);

/** With a point or an exponent, by which readers that guess types tell it from a whole number. */
function jsonFloat(value: number): string {
  return Number.isFinite(value) ? pythonFloat(value) : `"${value}"`;
}

/** Tables as lines of text, a row a line: what CSV and JSON lines have in common. */
import type { Output } from "../output.ts";
import type { Batch, Cells } from "../table.ts";

/** Text of a cell, by row. */
export type CellText = (row: number) => string;

/** Lines that are put together before they become bytes: strings that grow longer are slow to take apart. */
const LINES = 1024;

/**
 * Writes the rows of a batch.
 *
 * @param textOf how the cells of a column, by its place, are written
 * @param end of each line
 */
export function writeLines(
  { rows, columns }: Batch,
  textOf: (cells: Cells, column: number) => CellText,
  end: string,
  output: Output,
): void {
  const texts = columns.map(textOf);
  for (let start = 0; start < rows; start += LINES) {
    let lines = "";
    for (let row = start; row < Math.min(rows, start + LINES); row++) {
      for (const text of texts) lines += text(row);
      lines += end;
    }
    output.write(Buffer.from(lines));
  }
}

/** How a format writes what the others write otherwise. */
export interface Texts {
  readonly labels: LabelTexts;
  text(value: string): string;
  float(value: number): string;
}

export function cellText(cells: Cells, { labels, text, float }: Texts): CellText {
  const { values } = cells;
  switch (cells.type) {
    case "label": {
      const texts = labels.of(cells.labels);
      return (row) => texts[cells.values[row]!]!;
    }
    case "text":
      return (row) => text(cells.values[row]!);
    case "float64":
    case "float32":
      return (row) => float(cells.values[row]!);
    case "bool":
      return (row) => (values[row] ? "true" : "false");
    case "int64":
    case "int32":
      return (row) => String(values[row]);
  }
}

/** The texts of labels, each made once: the same list comes with every batch. */
export class LabelTexts {
  readonly #known = new Map<readonly string[], readonly string[]>();
  readonly #write: (label: string) => string;

  constructor(write: (label: string) => string) {
    this.#write = write;
  }

  of(labels: readonly string[]): readonly string[] {
    const known = this.#known.get(labels) ?? labels.map(this.#write);
    this.#known.set(labels, known);
    return known;
  }
}

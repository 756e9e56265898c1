/** Histograms: a row a bucket. */
import { histogramBins } from "../../../plugins/histogram-bins.ts";
import { inBatches } from "../batches.ts";
import type { Table } from "../table.ts";
import type { TableInput } from "./input.ts";
import { tensorRows, valueColumns } from "./values.ts";

export function histograms(input: TableInput): Table {
  const columns = valueColumns(input, [
    { name: "left", type: "float64" },
    { name: "right", type: "float64" },
    { name: "count", type: "float64" },
  ]);
  return { name: "histograms", columns, batches: inBatches(columns, tensorRows(input, histogramBins)) };
}

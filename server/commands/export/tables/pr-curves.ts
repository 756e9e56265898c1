/** PR curves: a row a threshold. */
import { DataType, type TensorValue } from "../../../../proto/index.ts";
import { PR_CURVE_ROWS, thresholds } from "../../../../values/pr-curve.ts";
import { inBatches } from "../batches.ts";
import type { Cell, Column, Table } from "../table.ts";
import type { TableInput } from "./input.ts";
import { tensorRows, valueColumns } from "./values.ts";

export function prCurves(input: TableInput): Table {
  const columns = valueColumns(input, [
    { name: "threshold", type: "float64" },
    ...PR_CURVE_ROWS.map((name): Column => ({ name, type: "float64" })),
  ]);
  return { name: "pr_curves", columns, batches: inBatches(columns, tensorRows(input, points)) };
}

function points({ dtype, shape, data }: TensorValue): Cell[][] | null {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || shape.length > 2) return null;
  if (rows < PR_CURVE_ROWS.length || dtype === DataType.DT_STRING) return null;
  return thresholds(columns).map((threshold, i) => [
    threshold,
    ...PR_CURVE_ROWS.map((_, row) => Number(data[row * columns + i])),
  ]);
}

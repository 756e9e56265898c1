/** Text: a row a string. Of a table of text, row and column say where it stands. */
import { DataType, decodeText, type TensorValue } from "../../../../proto/index.ts";
import { inBatches } from "../batches.ts";
import type { Cell, Table } from "../table.ts";
import type { TableInput } from "./input.ts";
import { tensorRows, valueColumns } from "./values.ts";

export function text(input: TableInput): Table {
  const columns = valueColumns(input, [
    { name: "row", type: "int32" },
    { name: "column", type: "int32" },
    { name: "text", type: "text" },
  ]);
  return { name: "text", columns, batches: inBatches(columns, tensorRows(input, strings)) };
}

function strings(tensor: TensorValue): Cell[][] | null {
  if (tensor.dtype !== DataType.DT_STRING) return null;
  const { shape } = tensor;
  // A vector stands as a column; of more dimensions than two, tables one below the other.
  const width = shape.length < 2 ? 1 : (shape.at(-1) ?? 1);
  return decodeText(tensor).map((string, i) => [Math.floor(i / width), i % width, string]);
}

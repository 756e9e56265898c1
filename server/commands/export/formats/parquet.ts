/** Tables as Parquet: a row group a batch, compressed with Snappy; what repeats becomes a dictionary by itself. */
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { version } from "../../../version.ts";
import type { Output } from "../output.ts";
import type { Batch, Cells, Column, Table } from "../table.ts";
import { toInt64 } from "./int64.ts";

export function writeParquet({ columns, batches }: Table, output: Output): void {
  const writer = new ParquetWriter({
    writer: new OutputWriter(output),
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(schemaElement)],
    createdBy: `tsboard version ${version}`,
  });
  for (const batch of batches)
    writer.write({ columnData: columnData(columns, batch), rowGroupSize: batch.rows });
  writer.finish();
}

/** The library's writer, emptied into an output after each row group. */
class OutputWriter extends ByteWriter {
  readonly #output: Output;

  constructor(output: Output) {
    super();
    this.#output = output;
  }

  flush(): void {
    this.#output.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

const PHYSICAL = {
  label: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  int64: { type: "INT64" },
  int32: { type: "INT32" },
  float64: { type: "DOUBLE" },
  float32: { type: "FLOAT" },
  bool: { type: "BOOLEAN" },
} as const satisfies Record<Cells["type"], Partial<SchemaElement>>;

function schemaElement({ name, type }: Column): SchemaElement {
  return { name, repetition_type: "REQUIRED", ...PHYSICAL[type] };
}

function columnData(columns: readonly Column[], batch: Batch): ColumnSource[] {
  return batch.columns.map((cells, i) => ({
    name: columns[i]!.name,
    data: dataOf(cells),
    // Smallest and largest help to skip row groups by run, tag and step; of measured values they only take time.
    statistics: cells.type !== "float32" && cells.type !== "float64",
  }));
}

function dataOf(cells: Cells): ColumnSource["data"] {
  switch (cells.type) {
    case "label":
      return labelTexts(cells.labels, cells.values);
    case "text":
      return [...cells.values];
    case "int64":
      return toInt64(cells.values);
    case "bool":
      return Array.from(cells.values, (value) => value !== 0);
    default:
      return cells.values;
  }
}

function labelTexts(labels: readonly string[], places: Int32Array): string[] {
  const texts = new Array<string>(places.length);
  for (let i = 0; i < places.length; i++) texts[i] = labels[places[i]!]!;
  return texts;
}

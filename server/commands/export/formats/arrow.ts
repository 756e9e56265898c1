/**
 * Tables as Arrow IPC: a record batch a batch. Runs and tags are dictionaries, which readers of data frames take as
 * categories.
 */
import {
  bool,
  type DataType,
  dictionary,
  field,
  float32,
  float64,
  int32,
  int64,
  utf8,
} from "@uwdata/flechette";
import { encodeIPC, type IpcRecordBatch } from "@uwdata/flechette/src/encode/encode-ipc.js";
import type { Output } from "../output.ts";
import type { Batch, Cells, Column, Table } from "../table.ts";
import { toInt64 } from "./int64.ts";

/** The stream format is read from its start on; the file format ends with where each batch is. */
export type ArrowForm = "stream" | "file";

export function writeArrow({ columns, batches }: Table, output: Output, format: ArrowForm): void {
  const fields = columns.map((column, id) => field(column.name, typeOf(column, id), false));
  encodeIPC(
    { schema: { fields }, dictionaries: dictionaries(columns), records: recordBatches(batches) },
    { sink: output, format },
  );
}

/** @param id of the column's dictionary, where it has one */
function typeOf({ type }: Column, id: number): DataType {
  switch (type) {
    case "label":
      return dictionary(utf8(), int32(), false, id);
    case "text":
      return utf8();
    case "int64":
      return int64();
    case "int32":
      return int32();
    case "float64":
      return float64();
    case "float32":
      return float32();
    case "bool":
      return bool();
  }
}

function* dictionaries(columns: readonly Column[]) {
  for (const [id, column] of columns.entries())
    if (column.type === "label") {
      const names = { type: "text", values: column.labels } as const;
      yield { id, isDelta: false, data: recordBatch({ rows: column.labels.length, columns: [names] }) };
    }
}

function* recordBatches(batches: Iterable<Batch>): Generator<IpcRecordBatch> {
  for (const batch of batches) yield recordBatch(batch);
}

/** Buffers stand one after the other, each from a multiple of this on. */
const ALIGNMENT = 8;

function recordBatch({ rows, columns }: Batch): IpcRecordBatch {
  const buffers = columns.flatMap((cells) => [NO_VALIDITY, ...buffersOf(cells)]);
  let byteLength = 0;
  const regions = buffers.map(({ length }) => {
    const offset = byteLength;
    byteLength += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    return { offset, length };
  });
  return {
    byteLength,
    nodes: columns.map(() => ({ length: rows, nullCount: 0 })),
    regions,
    variadic: [],
    buffers,
  };
}

/** Where nothing is null, nothing is said of it. */
const NO_VALIDITY = new Uint8Array();

function buffersOf(cells: Cells): Uint8Array[] {
  switch (cells.type) {
    case "text":
      return textBuffers(cells.values);
    case "bool":
      return [packBits(cells.values)];
    case "int64":
      return [bytesOf(toInt64(cells.values))];
    default:
      return [bytesOf(cells.values)];
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Where each text ends, and their bytes. */
function textBuffers(texts: readonly string[]): Uint8Array[] {
  const encoded = texts.map((text) => Buffer.from(text));
  const offsets = new Int32Array(texts.length + 1);
  for (const [i, { length }] of encoded.entries()) offsets[i + 1] = offsets[i]! + length;
  return [bytesOf(offsets), Buffer.concat(encoded)];
}

/** Truth values as bits, the first the lowest of its byte. */
function packBits(values: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (const [i, value] of values.entries()) if (value) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

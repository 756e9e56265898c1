/** Decodes the Arrow answer of `/api/v1/records`: values that are not scalars, one object a run. */
import type { Table } from "@uwdata/flechette";
import type { DataClassName, RecordsArrowMetadata, RecordsHead } from "../server/api/types.ts";
import {
  columnOf,
  decodeTable,
  float64Column,
  hasColumn,
  int32Column,
  metadataOf,
  stepColumn,
  stepsBetween,
  textColumn,
} from "./arrow-columns.ts";
import { dataClass } from "./decode.ts";
import { list, number, record, text } from "./decoder.ts";

/**
 * Typed arrays that tensors come in.
 *
 * @example
 * const sum = (data: TensorNumbers) => Array.from(data, Number).reduce((a, b) => a + b, 0);
 * const [weights] = await client.records({ tag: "weights", values: true });
 * const data = weights?.tensors?.[0]?.data;
 * console.log(ArrayBuffer.isView(data)); // true
 * console.log(sum(new Float32Array([1, 2]))); // 3
 */
export type TensorNumbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/**
 * A tensor.
 *
 * @example
 * const isText = (tensor: Tensor) => tensor.dtype === "string";
 * const [note] = await client.records({ tag: "note", values: true });
 * const tensor = note?.tensors?.[0];
 * console.log(tensor && isText(tensor), tensor?.data); // true all is well
 */
export interface Tensor {
  /** TensorFlow's name of the type: `float32`, `int64`, `string`, `bool`, … */
  readonly dtype: string;
  readonly shape: readonly number[];
  /**
   * Row-major and flat: strings of string tensors, else numbers, in an array of the type's own kind, or of doubles where
   * the answer has tensors of several types. Half and bfloat16 are widened to float32, truth values are 0 and 1, complex
   * numbers pairs.
   */
  readonly data: TensorNumbers | readonly string[];
}

/**
 * A run's values of one tag, ordered by step.
 *
 * @example
 * const steps = (records: RunRecords) => `${records.run} (${records.plugin}): ${[...records.step]}`;
 * const [first] = await client.records({ tag: "weights" });
 * console.log(first && steps(first)); // rate-0.1 (histograms): 99
 */
export interface RunRecords {
  readonly run: string;
  readonly plugin: string;
  readonly dataClass: DataClassName;
  /** What the plugin says of the series: SummaryMetadata.plugin_data.content. */
  readonly pluginContent: Uint8Array;
  /** Values in the whole series, and in the range before `limit`. */
  readonly total: number;
  readonly inRange: number;
  /** Steps past 2^53 are rounded here and exact in `exactStep`. */
  readonly step: Float64Array;
  readonly exactStep: BigInt64Array | null;
  readonly wallTime: Float64Array;
  /** Of the record in the event file. */
  readonly bytes: Int32Array;
  /** Blobs of each value; 0 of a tensor. */
  readonly blobs: Int32Array;
  /** For `blob` and `blobUrl`. */
  readonly keys: readonly string[];
  /** With `values` only: null where there are blobs instead, or the value cannot be read (any more). */
  readonly tensors: readonly (Tensor | null)[] | null;
}

const metadata = record<RecordsArrowMetadata>({
  tag: text,
  series: list(
    record<RecordsHead & { readonly rows: number }>({
      run: text,
      plugin: text,
      data_class: dataClass,
      plugin_content: text,
      total: number,
      in_range: number,
      rows: number,
    }),
  ),
});

export function decodeRecordsTable(bytes: Uint8Array): RunRecords[] {
  const table = decodeTable(bytes);
  const steps = stepColumn(table, "step");
  const wallTime = float64Column(table, "wall_time");
  const sizes = int32Column(table, "bytes");
  const blobs = int32Column(table, "blobs");
  const keys = textColumn(table, "key");
  const tensors = hasColumn(table, "dtype") ? tensorsOf(table) : null;
  let start = 0;
  return metadata(metadataOf(table), "records").series.map((head) => {
    const end = start + head.rows;
    const part: RunRecords = {
      run: head.run,
      plugin: head.plugin,
      dataClass: head.data_class,
      pluginContent: Uint8Array.from(atob(head.plugin_content), (letter) => letter.charCodeAt(0)),
      total: head.total,
      inRange: head.in_range,
      ...stepsBetween(steps, start, end),
      wallTime: wallTime.subarray(start, end),
      bytes: sizes.subarray(start, end),
      blobs: blobs.subarray(start, end),
      keys: keys.slice(start, end),
      tensors: tensors?.slice(start, end) ?? null,
    };
    start = end;
    return part;
  });
}

function tensorsOf(table: Table): (Tensor | null)[] {
  const [shapes, numbers, texts] = [
    columnOf(table, "shape"),
    columnOf(table, "data"),
    columnOf(table, "text"),
  ];
  return Array.from(columnOf(table, "dtype"), (dtype, row) => {
    if (dtype === null) return null;
    const data = texts.at(row) ?? numbers.at(row);
    if (!isTexts(data) && !isNumbers(data))
      throw new TypeError("the server's answer has a tensor without data");
    const shape: unknown = shapes.at(row);
    if (!(shape instanceof Int32Array))
      throw new TypeError("the server's answer has a tensor without a shape");
    return { dtype: String(dtype), shape: [...shape], data };
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isNumbers(value: unknown): value is TensorNumbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

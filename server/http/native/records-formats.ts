/** Forms of a records answer: Arrow and JSON. */
import { DataType, decodeText, type NumericArray, type TensorValue } from "../../../proto/index.ts";
import type { RecordsArrowMetadata, RecordsQuery } from "../../api/types.ts";
import { jsonPieces } from "../json.ts";
import {
  encodeTable,
  numberColumn,
  numberListColumn,
  repeatedTextColumn,
  stepColumn,
  textColumn,
  textListColumn,
} from "./arrow.ts";
import { dtypeName } from "./dtype.ts";
import type { RecordColumns } from "./records-query.ts";

export function toRecordsJson(
  tag: string,
  answer: readonly RecordColumns[],
): Iterator<string, void, undefined> {
  return jsonPieces({
    tag,
    series: answer.map(({ head, refs, blobs, keys, tensors }) => ({
      ...head,
      step: refs.map(({ step }) => step),
      wall_time: refs.map(({ wall }) => wall),
      bytes: refs.map(({ length }) => length),
      blobs,
      key: keys,
      ...(tensors && { tensor: tensors.map((tensor) => tensor && tensorJson(tensor)) }),
    })),
  });
}

function tensorJson(tensor: TensorValue): object {
  const { dtype, shape, data } = tensor;
  return { dtype: dtypeName(dtype), shape, data: isText(tensor) ? decodeText(tensor) : data };
}

/** One table, rows grouped by run; its layout is described at `RecordsArrowMetadata`. */
export function toRecordsArrow({ tag, values }: RecordsQuery, answer: readonly RecordColumns[]): Uint8Array {
  const refs = answer.flatMap((one) => one.refs);
  const tensors = answer.flatMap((one) => one.tensors ?? one.refs.map(() => null));
  const metadata: RecordsArrowMetadata = {
    tag,
    series: answer.map((one) => ({ ...one.head, rows: one.refs.length })),
  };
  return encodeTable(
    [
      ["run", repeatedTextColumn(answer.flatMap((one) => one.refs.map(() => one.head.run)))],
      ["step", stepColumn(refs.map(({ step }) => step))],
      ["wall_time", numberColumn(Float64Array.from(refs, ({ wall }) => wall))],
      ["bytes", numberColumn(Int32Array.from(refs, ({ length }) => length))],
      ["blobs", numberColumn(Int32Array.from(answer.flatMap(({ blobs }) => blobs)))],
      ["key", textColumn(answer.flatMap(({ keys }) => keys))],
      ...(values ? tensorColumns(tensors) : []),
    ],
    metadata,
  );
}

function tensorColumns(tensors: readonly (TensorValue | null)[]) {
  const shapes = tensors.map((tensor) => tensor && Int32Array.from(tensor.shape));
  const numbers = tensors.map((tensor) => (tensor ? numbersOf(tensor) : null));
  const texts = tensors.map((tensor) => (tensor && isText(tensor) ? decodeText(tensor) : null));
  return [
    ["dtype", repeatedTextColumn(tensors.map((tensor) => tensor && dtypeName(tensor.dtype)))],
    ["shape", numberListColumn(shapes, new Int32Array(0))],
    ["data", numberListColumn(numbers, new Float32Array(0))],
    ["text", textListColumn(texts)],
  ] as const;
}

function isText({ dtype }: TensorValue): boolean {
  return dtype === DataType.DT_STRING;
}

function numbersOf({ data }: TensorValue): NumericArray | null {
  return ArrayBuffer.isView(data) ? data : null;
}

/** How the elements of each type lie in bytes, and in the typed array that holds them. */
import { pb } from "./codec.ts";
import * as minifloat from "./minifloat.ts";

/**
 * TensorFlow's element types by name, and the names by number: `DataType.DT_FLOAT` is 1, `DataType[1]` is `"DT_FLOAT"`.
 * The same as `pb.DataType`. Tensors of all but resources, variants and references are read and written.
 *
 * @example
 * const type: DataType = encodeTensor(Float32Array.of(0.5)).dtype ?? DataType.DT_INVALID;
 * console.log(type === DataType.DT_FLOAT, DataType[type]); // true DT_FLOAT
 */
export type DataType = pb.DataType;
export const DataType = pb.DataType;

/**
 * Typed arrays that tensors are made of; those of bigints for 64-bit integers.
 *
 * @example
 * const arrays: readonly NumericArray[] = [Float32Array.of(0.5, 2), BigInt64Array.of(3n, -1n)];
 * const types = arrays.map((data) => DataType[encodeTensor(data).dtype ?? DataType.DT_INVALID]);
 * console.log(types); // DT_FLOAT,DT_INT64
 */
export type NumericArray =
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

type ProtoField =
  | "floatVal"
  | "doubleVal"
  | "intVal"
  | "int64Val"
  | "uint32Val"
  | "uint64Val"
  | "boolVal"
  | "halfVal"
  | "scomplexVal"
  | "dcomplexVal";

export interface NumericArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): NumericArray;
  new (buffer: ArrayBuffer): NumericArray;
}

/** How one element type is laid out on the wire and in memory. */
export interface Layout {
  readonly array: NumericArrayConstructor;
  /** Value field used when `tensor_content` is empty; absent for types that only travel as bytes. */
  readonly field?: ProtoField;
  /** Numbers an element is made of: 2 for complex types. */
  readonly components?: 2;
  /** Bit layout, for floats that JavaScript has no array of. */
  readonly small?: minifloat.MinifloatFormat;
  /** Bits that count of each byte, for integers of less than 8. */
  readonly narrow?: 2 | 4;
}

export const LAYOUTS: Partial<Record<DataType, Layout>> = {
  [DataType.DT_FLOAT]: { array: Float32Array, field: "floatVal" },
  [DataType.DT_DOUBLE]: { array: Float64Array, field: "doubleVal" },
  [DataType.DT_INT32]: { array: Int32Array, field: "intVal" },
  [DataType.DT_UINT8]: { array: Uint8Array, field: "intVal" },
  [DataType.DT_INT16]: { array: Int16Array, field: "intVal" },
  [DataType.DT_INT8]: { array: Int8Array, field: "intVal" },
  [DataType.DT_COMPLEX64]: { array: Float32Array, field: "scomplexVal", components: 2 },
  [DataType.DT_INT64]: { array: BigInt64Array, field: "int64Val" },
  [DataType.DT_BOOL]: { array: Uint8Array, field: "boolVal" },
  [DataType.DT_QINT8]: { array: Int8Array, field: "intVal" },
  [DataType.DT_QUINT8]: { array: Uint8Array, field: "intVal" },
  [DataType.DT_QINT32]: { array: Int32Array, field: "intVal" },
  [DataType.DT_BFLOAT16]: { array: Float32Array, field: "halfVal", small: minifloat.BFLOAT16 },
  [DataType.DT_QINT16]: { array: Int16Array, field: "intVal" },
  [DataType.DT_QUINT16]: { array: Uint16Array, field: "intVal" },
  [DataType.DT_UINT16]: { array: Uint16Array, field: "intVal" },
  [DataType.DT_COMPLEX128]: { array: Float64Array, field: "dcomplexVal", components: 2 },
  [DataType.DT_HALF]: { array: Float32Array, field: "halfVal", small: minifloat.HALF },
  [DataType.DT_UINT32]: { array: Uint32Array, field: "uint32Val" },
  [DataType.DT_UINT64]: { array: BigUint64Array, field: "uint64Val" },
  [DataType.DT_FLOAT8_E5M2]: { array: Float32Array, small: minifloat.FLOAT8_E5M2 },
  [DataType.DT_FLOAT8_E4M3FN]: { array: Float32Array, small: minifloat.FLOAT8_E4M3FN },
  [DataType.DT_FLOAT8_E4M3FNUZ]: { array: Float32Array, small: minifloat.FLOAT8_E4M3FNUZ },
  [DataType.DT_FLOAT8_E4M3B11FNUZ]: { array: Float32Array, small: minifloat.FLOAT8_E4M3B11FNUZ },
  [DataType.DT_FLOAT8_E5M2FNUZ]: { array: Float32Array, small: minifloat.FLOAT8_E5M2FNUZ },
  [DataType.DT_INT4]: { array: Int8Array, field: "intVal", narrow: 4 },
  [DataType.DT_UINT4]: { array: Uint8Array, field: "intVal", narrow: 4 },
  [DataType.DT_INT2]: { array: Int8Array, field: "intVal", narrow: 2 },
  [DataType.DT_UINT2]: { array: Uint8Array, field: "intVal", narrow: 2 },
  [DataType.DT_FLOAT4_E2M1FN]: { array: Float32Array, small: minifloat.FLOAT4_E2M1FN },
};

/**
 * Bytes that an element takes in `tensor_content`; 1 for types of less than 8 bits.
 *
 * @throws TypeError for strings and types without values here (resource, variant, reference types)
 * @example
 * console.log(elementBytes(DataType.DT_HALF), elementBytes(DataType.DT_COMPLEX64)); // 2 8
 */
export function elementBytes(dtype: DataType): number {
  const { small, array, components } = layoutOf(dtype);
  return small ? Math.ceil(small.bits / 8) : array.BYTES_PER_ELEMENT * (components ?? 1);
}

/** @throws TypeError for strings and types without values here */
export function layoutOf(dtype: DataType): Layout {
  const layout = LAYOUTS[dtype];
  if (!layout) throw new TypeError(`tensors of type ${DataType[dtype] ?? dtype} are not supported`);
  return layout;
}

/** Values from their bytes; the buffer is taken over. */
export function ofBuffer(buffer: ArrayBuffer, { array, small, narrow }: Layout): NumericArray {
  if (small) return widen(small.bits === 16 ? new Uint16Array(buffer) : new Uint8Array(buffer), small);
  const data = new array(buffer);
  if (narrow) extend(data, narrow);
  return data;
}

/** Makes bytes of those of their low bits that count; with their sign where the array has one. */
function extend(data: NumericArray, bits: number): void {
  const unused = 32 - bits;
  const signed = data instanceof Int8Array;
  for (let i = 0; i < data.length; i++) {
    const high = Number(data[i]) << unused;
    data[i] = signed ? high >> unused : high >>> unused;
  }
}

/** From this many values on, a table of all patterns pays. */
const TABLE_FROM = 1024;
/** The numbers of all patterns, by format. */
const tables = new Map<minifloat.MinifloatFormat, Float32Array>();

/** Patterns of small floats as numbers. */
export function widen(patterns: Uint16Array | Uint8Array, small: minifloat.MinifloatFormat): Float32Array {
  if (patterns.length < TABLE_FROM)
    return Float32Array.from(patterns, (p) => minifloat.decodeMinifloat(p, small));
  let table = tables.get(small);
  if (!table) {
    table = Float32Array.from({ length: 2 ** Math.max(small.bits, 8) }, (_, p) =>
      minifloat.decodeMinifloat(p, small),
    );
    tables.set(small, table);
  }
  const wide = new Float32Array(patterns.length);
  for (let i = 0; i < wide.length; i++) wide[i] = table[patterns[i]!]!;
  return wide;
}

/** Values as bytes, copied. */
export function toContent(data: NumericArray, dtype: DataType): Uint8Array {
  const { array, small } = layoutOf(dtype);
  if (small) {
    const patterns = Uint16Array.from(data as Float32Array, (v) => minifloat.encodeMinifloat(v, small));
    return small.bits === 16 ? new Uint8Array(patterns.buffer) : Uint8Array.from(patterns);
  }
  if (!(data instanceof array))
    throw new TypeError(
      `${DataType[dtype]} is written from ${array.name}, not from ${data.constructor.name}`,
    );
  // A copy: the caller may reuse its array before the event is encoded.
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}

/**
 * TensorProto to typed arrays and back, for every numeric type and strings: from `tensor_content` (raw
 * little-endian bytes) or from the typed value fields, where the last value stands for all that are missing.
 */
import { pb } from "./codec.ts";
import { toBigInt, toNumber, toWire } from "./int64.ts";
import * as minifloat from "./minifloat.ts";

/** Typed arrays that tensors are made of. */
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

/** A tensor in memory. */
export interface TensorValue {
  readonly dtype: DataType;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  /**
   * `product(shape)` elements; complex numbers are (real, imaginary) pairs, so twice as many. Half, bfloat16
   * and 8-bit floats are widened to Float32Array, booleans are 0 or 1 in a Uint8Array, strings are bytes.
   */
  readonly data: NumericArray | readonly Uint8Array[];
}

export type DataType = pb.DataType;
export const DataType = pb.DataType;

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

interface NumericArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): NumericArray;
  new (buffer: ArrayBuffer): NumericArray;
}

/** How one element type is laid out on the wire and in memory. */
interface Layout {
  readonly array: NumericArrayConstructor;
  /** Value field used when `tensor_content` is empty; absent for types that only travel as bytes. */
  readonly field?: ProtoField;
  /** Numbers an element is made of: 2 for complex types. */
  readonly components?: 2;
  /** Bit layout, for floats that JavaScript has no array of. */
  readonly small?: minifloat.MinifloatFormat;
}

const LAYOUTS: Partial<Record<DataType, Layout>> = {
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
  [DataType.DT_INT4]: { array: Int8Array, field: "intVal" },
  [DataType.DT_UINT4]: { array: Uint8Array, field: "intVal" },
};

/** Dimensions of a shape. Throws RangeError when the rank or a dimension is unknown or negative. */
export function decodeShape(shape: pb.TensorShapeProto.$Properties | null | undefined): number[] {
  if (shape?.unknownRank) throw new RangeError("tensor of unknown rank");
  return (shape?.dim ?? []).map((d) => {
    const size = toNumber(d.size);
    if (size < 0) throw new RangeError(`tensor with a dimension of unknown size (${size})`);
    return size;
  });
}

/**
 * A tensor's values.
 *
 * @throws RangeError when the shape is not fully known, when the bytes do not fit it, when values are more
 *   than it holds or none where it holds some
 * @throws TypeError for types without values here (resource, variant, reference types)
 */
export function decodeTensor(proto: pb.TensorProto.$Properties): TensorValue {
  const dtype: DataType = proto.dtype ?? DataType.DT_INVALID;
  const shape = decodeShape(proto.tensorShape);
  const count = shape.reduce((a, b) => a * b, 1);
  if (dtype === DataType.DT_STRING)
    return { dtype, shape, data: decodeStrings(proto.stringVal ?? [], count) };
  const layout = layoutOf(dtype);
  const length = count * (layout.components ?? 1);
  const content = proto.tensorContent ?? new Uint8Array();
  const data =
    content.length > 0 ? fromContent(content, layout, length) : fromField(proto, dtype, layout, length);
  return { dtype, shape, data };
}

/** UTF-8 strings of a string tensor; bytes that are not UTF-8 become U+FFFD. */
export function decodeText(tensor: TensorValue): string[] {
  if (tensor.dtype !== DataType.DT_STRING)
    throw new TypeError(`not a string tensor: ${DataType[tensor.dtype]}`);
  const utf8 = new TextDecoder();
  return (tensor.data as readonly Uint8Array[]).map((bytes) => utf8.decode(bytes));
}

/**
 * A tensor as TensorProto: numbers in `tensor_content`, strings in `string_val`.
 *
 * @param data numbers in an array of the type's own kind (see {@link TensorValue.data}), or strings
 * @param shape default: one dimension of all elements
 * @param dtype default: the array's own type
 * @throws RangeError when the shape does not hold exactly the data
 */
export function encodeTensor(
  data: NumericArray | readonly (string | Uint8Array)[],
  shape?: readonly number[],
  dtype: DataType = dtypeOf(data),
): pb.TensorProto.$Properties {
  const components = LAYOUTS[dtype]?.components ?? 1;
  const dims = shape ?? [data.length / components];
  const count = dims.reduce((a, b) => a * b, 1) * components;
  if (count !== data.length)
    throw new RangeError(`shape [${dims.join(", ")}] holds ${count} values, but ${data.length} are given`);
  const tensorShape = encodeShape(dims);
  if (!ArrayBuffer.isView(data)) {
    if (dtype !== DataType.DT_STRING) throw new TypeError(`strings cannot be ${DataType[dtype]}`);
    const utf8 = new TextEncoder();
    return { dtype, tensorShape, stringVal: data.map((s) => (typeof s === "string" ? utf8.encode(s) : s)) };
  }
  return { dtype, tensorShape, tensorContent: toContent(data, dtype) };
}

/** Dimensions as TensorShapeProto. */
export function encodeShape(shape: readonly number[]): pb.TensorShapeProto.$Properties {
  return { dim: shape.map((size) => ({ size: toWire(size) })) };
}

/** The element type that holds an array's values without change. */
export function dtypeOf(data: NumericArray | readonly (string | Uint8Array)[]): DataType {
  if (data instanceof Float32Array) return DataType.DT_FLOAT;
  if (data instanceof Float64Array) return DataType.DT_DOUBLE;
  if (data instanceof Int32Array) return DataType.DT_INT32;
  if (data instanceof Uint8Array) return DataType.DT_UINT8;
  if (data instanceof Int16Array) return DataType.DT_INT16;
  if (data instanceof Int8Array) return DataType.DT_INT8;
  if (data instanceof Uint16Array) return DataType.DT_UINT16;
  if (data instanceof Uint32Array) return DataType.DT_UINT32;
  if (data instanceof BigInt64Array) return DataType.DT_INT64;
  if (data instanceof BigUint64Array) return DataType.DT_UINT64;
  return DataType.DT_STRING;
}

function layoutOf(dtype: DataType): Layout {
  const layout = LAYOUTS[dtype];
  if (!layout) throw new TypeError(`tensors of type ${DataType[dtype] ?? dtype} are not supported`);
  return layout;
}

function fromContent(content: Uint8Array, layout: Layout, length: number): NumericArray {
  const bytesEach = layout.small ? layout.small.bits / 8 : layout.array.BYTES_PER_ELEMENT;
  if (content.length !== length * bytesEach)
    throw new RangeError(
      `tensor_content has ${content.length} bytes, the shape asks for ${length * bytesEach}`,
    );
  // A copy: the bytes stand at any alignment in the event file's buffer.
  const buffer = new ArrayBuffer(content.length);
  new Uint8Array(buffer).set(content);
  if (!layout.small) return new layout.array(buffer);
  return widen(layout.small.bits === 16 ? new Uint16Array(buffer) : new Uint8Array(buffer), layout.small);
}

function fromField(
  proto: pb.TensorProto.$Properties,
  dtype: DataType,
  layout: Layout,
  length: number,
): NumericArray {
  if (layout.small?.bits === 8)
    return repeatLast(widen(proto.float8Val ?? new Uint8Array(), layout.small), length);
  if (!layout.field) throw new RangeError(`${DataType[dtype]} without tensor_content`);
  const values = proto[layout.field] ?? [];
  if (layout.small) return repeatLast(widen(Uint16Array.from(values, Number), layout.small), length);
  if (layout.field === "int64Val" || layout.field === "uint64Val") {
    const wide = (proto[layout.field] ?? []).map(toBigInt);
    return repeatLast(
      layout.array === BigInt64Array ? BigInt64Array.from(wide) : BigUint64Array.from(wide),
      length,
    );
  }
  const narrow = new layout.array(values.length);
  for (let i = 0; i < values.length; i++) narrow[i] = Number(values[i]);
  return repeatLast(narrow, length, layout.components);
}

/** Fills up to `length` with the last value; TensorFlow compresses constant tensors in this way. */
function repeatLast(values: NumericArray, length: number, components = 1): NumericArray {
  if (values.length === length) return values;
  if (values.length > length)
    throw new RangeError(`${values.length} values for a shape that holds ${length}`);
  if (values.length < components) {
    // An absent field is the type's zero, as TensorFlow has it.
    return new (values.constructor as NumericArrayConstructor)(length);
  }
  const filled = new (values.constructor as NumericArrayConstructor)(length);
  for (let i = 0; i < length; i++) {
    const last = values.length - components + (i % components);
    filled[i] = values[i < values.length ? i : last]!;
  }
  return filled;
}

function decodeStrings(values: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  if (values.length === count) return values;
  if (values.length > count) throw new RangeError(`${values.length} strings for a shape that holds ${count}`);
  const last = values.at(-1) ?? new Uint8Array();
  return Array.from({ length: count }, (_, i) => values[i] ?? last);
}

function widen(patterns: Uint16Array | Uint8Array, small: minifloat.MinifloatFormat): Float32Array {
  return Float32Array.from(patterns, (p) => minifloat.decodeMinifloat(p, small));
}

function toContent(data: NumericArray, dtype: DataType): Uint8Array {
  const { array, small } = layoutOf(dtype);
  if (small) {
    const patterns = Uint16Array.from(data as Float32Array, (v) => minifloat.encodeMinifloat(v, small));
    return small.bits === 8 ? Uint8Array.from(patterns) : new Uint8Array(patterns.buffer);
  }
  if (!(data instanceof array))
    throw new TypeError(
      `${DataType[dtype]} is written from ${array.name}, not from ${data.constructor.name}`,
    );
  // A copy: the caller may reuse its array before the event is encoded.
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}

/**
 * TensorProto to typed arrays and back, for every numeric type and strings: from `tensor_content` (raw
 * little-endian bytes) or from the typed value fields, where the last value stands for all that are missing.
 */
import type { pb } from "./codec.ts";
import { toBigInt, toNumber, toWire } from "./int64.ts";
import {
  DataType,
  elementBytes,
  LAYOUTS,
  type Layout,
  layoutOf,
  type NumericArray,
  type NumericArrayConstructor,
  ofBuffer,
  toContent,
  widen,
} from "./tensor-layout.ts";

export { DataType, elementBytes, type NumericArray };

/**
 * A tensor in memory.
 *
 * @example
 * const mask: TensorValue = { dtype: DataType.DT_BOOL, shape: [2, 2], data: Uint8Array.of(1, 0, 0, 1) };
 * const [, columns = 1] = mask.shape;
 * console.log(mask.data[1 * columns + 0]); // 0
 */
export interface TensorValue {
  readonly dtype: DataType;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  /**
   * `product(shape)` elements; complex numbers are (real, imaginary) pairs, so twice as many. Half, bfloat16
   * and smaller floats are widened to Float32Array, integers of 4 and 2 bits to 8, booleans are 0 or 1 in a
   * Uint8Array, strings are bytes.
   */
  readonly data: NumericArray | readonly Uint8Array[];
}

/**
 * Dimensions of a shape, the outermost first; of a scalar none.
 *
 * @param shape absent: a scalar's
 * @throws RangeError when the rank or a dimension is unknown, which -1 says of dimensions
 * @example
 * console.log(decodeShape({ dim: [{ size: 28 }, { size: 28 }] })); // 28,28
 * try {
 *   decodeShape({ dim: [{ size: -1 }, { size: 28 }] });
 * } catch (error) {
 *   console.log(error); // RangeError: tensor with a dimension of unknown size (-1)
 * }
 */
export function decodeShape(shape: pb.TensorShapeProto.$Properties | null | undefined): number[] {
  if (shape?.unknownRank) throw new RangeError("tensor of unknown rank");
  return (shape?.dim ?? []).map((d) => {
    const size = toNumber(d.size);
    if (size < 0) throw new RangeError(`tensor with a dimension of unknown size (${size})`);
    return size;
  });
}

/**
 * A tensor's values: from `tensor_content` where that holds bytes, which are copied, otherwise from the type's own
 * field. There the last value stands for all that are missing; without any they are zeros, or empty strings.
 *
 * @throws RangeError when the shape is not fully known, when the bytes do not fit it, when values are more than it
 *   holds, or when 4-bit floats come without `tensor_content`: they have no field
 * @throws TypeError for types without values here (resource, variant, reference types)
 * @example
 * const bytes = pb.TensorProto.encode(encodeTensor(Float32Array.of(1, 2, 3, 4), [2, 2])).finish();
 * const { dtype, shape, data } = decodeTensor(pb.TensorProto.decode(bytes));
 * console.log(DataType[dtype], shape, data); // DT_FLOAT 2,2 1,2,3,4
 *
 * @example
 * const repeated = decodeTensor({
 *   dtype: DataType.DT_INT64,
 *   tensorShape: encodeShape([4]),
 *   int64Val: [toWire(2n ** 53n + 1n), 1],
 * });
 * console.log(repeated.data); // 9007199254740993,1,1,1
 */
export function decodeTensor(proto: pb.TensorProto.$Properties): TensorValue {
  const dtype: DataType = proto.dtype ?? DataType.DT_INVALID;
  const shape = decodeShape(proto.tensorShape);
  const count = shape.reduce((a, b) => a * b, 1);
  if (dtype === DataType.DT_STRING)
    return { dtype, shape, data: decodeStrings(proto.stringVal ?? [], count) };
  const content = proto.tensorContent ?? new Uint8Array();
  if (content.length > 0) return tensorOfBytes(dtype, shape, copyOf(content));
  const layout = layoutOf(dtype);
  return { dtype, shape, data: fromField(proto, dtype, layout, count * (layout.components ?? 1)) };
}

/**
 * A tensor's values from their bytes, laid out as in `tensor_content`: row-major, little-endian. The buffer is taken
 * over, not copied.
 *
 * @throws RangeError when the bytes do not fit the shape
 * @throws TypeError for strings and types without values here (resource, variant, reference types)
 * @example
 * const { buffer } = Uint8Array.of(0x80, 0x3f, 0x00, 0xc0);
 * console.log(tensorOfBytes(DataType.DT_BFLOAT16, [2], buffer).data); // 1,-2
 */
export function tensorOfBytes(dtype: DataType, shape: readonly number[], buffer: ArrayBuffer): TensorValue {
  const length = shape.reduce((a, b) => a * b, elementBytes(dtype));
  if (buffer.byteLength !== length)
    throw new RangeError(`tensor_content has ${buffer.byteLength} bytes, the shape asks for ${length}`);
  return { dtype, shape, data: ofBuffer(buffer, layoutOf(dtype)) };
}

/**
 * UTF-8 strings of a string tensor, row-major; bytes that are not UTF-8 become U+FFFD.
 *
 * @throws TypeError when the tensor is of another type
 * @example
 * const notes = decodeTensor(encodeTensor(["first", "größer"]));
 * console.log(decodeText(notes)); // first,größer
 */
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
 * @param dtype default: the array's own type; to be named for floats of 16 and fewer bits, which are rounded, booleans,
 *   complex numbers (two elements each), quantized types and integers of 4 and 2 bits
 * @returns a copy: the array may change afterwards
 * @throws RangeError when the shape does not hold exactly the data
 * @throws TypeError when the type is not written from such an array, is none of strings, or has no values here
 * @example
 * const predictions = encodeTensor(Float32Array.of(0.9, 0.1, 0.2, 0.8), [2, 2]);
 * const value = [{ tag: "predictions", tensor: predictions }];
 * const event = pb.Event.encode({ wallTime: 1_700_000_000, step: 7, summary: { value } }).finish();
 * const [read] = pb.Event.decode(event).summary?.value ?? [];
 * console.log(decodeTensor(read?.tensor ?? {}).shape); // 2,2
 *
 * @example
 * const half = encodeTensor(Float32Array.of(1, 0.1), [2], DataType.DT_HALF);
 * console.log(decodeTensor(half).data); // 1,0.0999755859375
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

/**
 * Dimensions as TensorShapeProto.
 *
 * @param shape outermost first; -1 for a dimension of unknown size, which {@link decodeShape} refuses
 * @throws RangeError when a size is not an integer
 * @example
 * const bytes = pb.TensorShapeProto.encode(encodeShape([28, 28, 3])).finish();
 * console.log(decodeShape(pb.TensorShapeProto.decode(bytes))); // 28,28,3
 */
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

/** A copy: the bytes stand at any alignment in the event file's buffer. */
function copyOf(content: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(content.length);
  new Uint8Array(buffer).set(content);
  return buffer;
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

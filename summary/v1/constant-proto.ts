/** A constant's TensorProto, in the field that TensorFlow's graphs have it in. */
import type { pb } from "../../proto/codec.ts";
import { toWire, type WireInt64 } from "../../proto/int64.ts";
import { encodeShape, encodeTensor, type NumericArray } from "../../proto/tensor.ts";
import { type DType, dataType } from "../graph/dtype.ts";
import { type Dense, encodeStrings, type NumberArray } from "./dense.ts";

/**
 * The value on the wire: numbers as bytes, but a single one, which may stand for all of the shape, and booleans
 * in a field of their type.
 */
export function constantProto({ dtype, shape, data }: Dense): pb.TensorProto.$Properties {
  const base = { dtype: dataType(dtype), tensorShape: encodeShape(shape) };
  if (data.length === 0) return base;
  if (!ArrayBuffer.isView(data)) return { ...base, stringVal: encodeStrings(data) };
  if (data.length === 1 || dtype === "bool") return { ...base, ...valueField(dtype, Array.from(data)) };
  return encodeTensor(toWireArray(dtype, data), shape, base.dtype);
}

function valueField(dtype: DType, values: number[]): pb.TensorProto.$Properties {
  if (dtype === "float32") return { floatVal: values };
  if (dtype === "float64") return { doubleVal: values };
  if (dtype === "bool") return { boolVal: values.map(Boolean) };
  if (dtype === "int64") return { int64Val: values.map((value) => toWire(value)) };
  if (dtype === "uint64") return { uint64Val: values.map(toUint64) };
  if (dtype === "uint32") return { uint32Val: values };
  if (dtype === "float16" || dtype === "bfloat16") {
    const { tensorContent } = encodeTensor(Float32Array.from(values), undefined, dataType(dtype));
    return { halfVal: Array.from(new Uint16Array((tensorContent ?? new Uint8Array()).slice().buffer)) };
  }
  return { intVal: values };
}

/** Negative ones wrap, as in an array. */
function toUint64(value: number): WireInt64 {
  return toWire(value < 0 ? BigInt.asUintN(64, BigInt(value)) : value, true);
}

/** The numbers in the array that the type has on the wire. */
export function toWireArray(dtype: DType, data: NumberArray): NumericArray {
  if (dtype === "int64") return BigInt64Array.from(data, BigInt);
  return dtype === "uint64" ? BigUint64Array.from(data, BigInt) : data;
}

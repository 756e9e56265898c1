/** Element types of tensors by the names that training code has for them. */
import { DataType } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { GraphError } from "../errors.ts";

/**
 * An element type's name, as in TensorFlow and TensorFlow.js.
 *
 * @example
 * const dtype: v1.DType = "int32";
 * console.log(v1.placeholder(dtype).dtype); // int32
 */
export type DType =
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "bool"
  | "complex64"
  | "complex128"
  | "string"
  | "resource"
  | "variant";

const TYPES: Readonly<Record<DType, DataType>> = {
  float16: DataType.DT_HALF,
  bfloat16: DataType.DT_BFLOAT16,
  float32: DataType.DT_FLOAT,
  float64: DataType.DT_DOUBLE,
  int8: DataType.DT_INT8,
  int16: DataType.DT_INT16,
  int32: DataType.DT_INT32,
  int64: DataType.DT_INT64,
  uint8: DataType.DT_UINT8,
  uint16: DataType.DT_UINT16,
  uint32: DataType.DT_UINT32,
  uint64: DataType.DT_UINT64,
  bool: DataType.DT_BOOL,
  complex64: DataType.DT_COMPLEX64,
  complex128: DataType.DT_COMPLEX128,
  string: DataType.DT_STRING,
  resource: DataType.DT_RESOURCE,
  variant: DataType.DT_VARIANT,
};

/** The type's number on the wire. Throws {@link GraphError} when there is no such type. */
export function dataType(dtype: DType): DataType {
  if (Object.hasOwn(TYPES, dtype)) return TYPES[dtype];
  throw new GraphError(
    `no element type ${describe(dtype)}; there are float32, int32, bool, string and their kin`,
  );
}

export function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(TYPES, value);
}

/** The type of this number on the wire; undefined for those that have no name here. */
export function dtypeNamed(type: DataType): DType | undefined {
  return (Object.keys(TYPES) as DType[]).find((name) => TYPES[name] === type);
}

export function isFloating(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64" || dtype === "float16" || dtype === "bfloat16";
}

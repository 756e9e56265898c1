/** Values of a graph's tensors in memory: made from what callers give, rounded to the tensor's own type. */
import type { pb } from "../../proto/codec.ts";
import { DataType, decodeTensor, dtypeOf, type NumericArray } from "../../proto/tensor.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { type DType, dtypeNamed } from "../graph/dtype.ts";
import { areCompatible, describeShape, type PartialShape } from "../graph/shape.ts";
import { isTensorLike, type TensorLike } from "../tensor-like.ts";

/** Elements that arithmetic works on. 64-bit integers are doubles, exact up to 2^53. */
export type NumberArray = Exclude<NumericArray, BigInt64Array | BigUint64Array>;
export type Strings = readonly (string | Uint8Array)[];

/** A tensor's value. */
export interface Dense {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major. Booleans are 0 or 1 in bytes. */
  readonly data: NumberArray | Strings;
}

type Nested = number | boolean | string | Uint8Array | readonly Nested[];

/**
 * What may be given as a tensor's value: numbers, strings, arrays of them in any depth, typed arrays, tensors of a
 * library such as TensorFlow.js.
 *
 * @example
 * const values: v1.Value[] = [1, true, "text", [[1, 2], [3, 4]], Float32Array.of(0.5)];
 * console.log(values.map((value) => v1.constant(value).dtype)); // float32,bool,string,float32,float32
 */
export type Value = Nested | NumericArray | Uint8ClampedArray | TensorLike;

/** What is known of the tensor that a value is for. */
export interface Wanted {
  /** Default: the value's own; plain numbers are float32, as in TensorFlow.js. */
  readonly dtype?: DType | undefined;
  /** Default: the value's own. A flat array fills a shape in which at most one size is unknown. */
  readonly shape?: PartialShape | undefined;
}

const ARRAYS = {
  float16: Float32Array,
  bfloat16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: Float64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: Float64Array,
  bool: Uint8Array,
} as const;

type NumericDType = keyof typeof ARRAYS;

/** One form for all that can be given. */
interface Flat {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly unknown[] | NumericArray | Uint8ClampedArray;
  /** Whether the shape says nothing but the length. */
  readonly isFlat: boolean;
}

/**
 * The value in memory.
 *
 * @throws ValueError when it is none of what a value may be, or cannot be of the type asked for
 * @throws ShapeError when it is ragged, or does not fit the shape asked for
 */
export function toDense(value: Value, { dtype, shape = null }: Wanted = {}): Dense {
  // Bytes are a string where a string is wanted, and an array of numbers elsewhere.
  if (dtype === "string" && value instanceof Uint8Array) return { dtype, shape: [], data: [value] };
  const flat = flatten(value);
  const type = dtype ?? flat.dtype;
  return { dtype: type, shape: fitShape(flat, shape), data: convert(flat, type) };
}

/** The type that a value has of its own; plain numbers and strings have none. */
export function ownType(value: Value): DType | undefined {
  if (isTensorLike(value)) return dtypeOfTensor(value);
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? dtypeOfArray(value) : undefined;
}

/** An array of zeros for `count` elements of a type. Throws {@link ValueError} for types without numbers. */
export function numbers(dtype: DType, count: number): NumberArray {
  if (isNumeric(dtype)) return new ARRAYS[dtype](count);
  throw new ValueError(`tensors of type ${dtype} hold no numbers`);
}

/** The elements as numbers. Throws {@link ValueError} when they are strings. */
export function numbersOf({ dtype, data }: Dense): NumberArray {
  if (ArrayBuffer.isView(data)) return data;
  throw new ValueError(`numbers expected, not a tensor of type ${dtype}`);
}

/** The only number of a tensor with one element. Throws {@link ShapeError} or {@link ValueError}. */
export function onlyNumber(dense: Dense): number {
  const [only, ...others] = numbersOf(dense);
  if (only !== undefined && others.length === 0) return only;
  throw new ShapeError(`one number expected, not a tensor of shape ${describeShape(dense.shape)}`);
}

/** Text as UTF-8. */
export function encodeStrings(strings: Strings): Uint8Array[] {
  const utf8 = new TextEncoder();
  return strings.map((text) => (typeof text === "string" ? utf8.encode(text) : text));
}

/** The only string of a tensor, as bytes. Throws {@link ValueError} when there is not one. */
export function bytesOf({ dtype, data }: Dense): Uint8Array {
  const [only, ...others] = ArrayBuffer.isView(data) ? [] : encodeStrings(data);
  if (only !== undefined && others.length === 0) return only;
  throw new ValueError(`one string expected, not a tensor of type ${dtype} with ${data.length} elements`);
}

/** The only string of a tensor. Throws {@link ValueError} when there is not one. */
export function textOf(dense: Dense): string {
  return new TextDecoder().decode(bytesOf(dense));
}

/** The value of a tensor on the wire. Throws {@link ValueError} for types that do not exist in memory. */
export function fromProto(proto: pb.TensorProto.$Properties): Dense {
  const { dtype: type, shape, data } = decodeTensor(proto);
  const dtype = dtypeNamed(type);
  if (dtype === "string" && !ArrayBuffer.isView(data)) return { dtype, shape, data };
  if (dtype !== undefined && isNumeric(dtype)) return { dtype, shape, data: toNumbers(data, dtype) };
  throw new ValueError(`tensors of type ${DataType[type]} have no values here`);
}

function flatten(value: Value): Flat {
  if (isTensorLike(value)) {
    const data = value.dataSync();
    return { dtype: dtypeOfTensor(value), shape: value.shape, data, isFlat: false };
  }
  if (ArrayBuffer.isView(value)) {
    if (value instanceof DataView) throw notAValue(value);
    return { dtype: dtypeOfArray(value), shape: [value.length], data: value, isFlat: true };
  }
  const shape: number[] = [];
  for (let level: Nested | undefined = value; isList(level); level = level[0]) shape.push(level.length);
  const data: unknown[] = [];
  collect(value, shape, 0, data);
  return { dtype: dtypeOfElement(data[0]), shape, data, isFlat: shape.length === 1 };
}

function collect(value: Nested, shape: readonly number[], depth: number, into: unknown[]): void {
  if (!isList(value)) {
    if (depth !== shape.length) throw ragged(shape);
    into.push(value);
    return;
  }
  if (depth === shape.length || value.length !== shape[depth]) throw ragged(shape);
  for (const element of value) collect(element, shape, depth + 1, into);
}

function fitShape({ shape, data, isFlat }: Flat, wanted: PartialShape): readonly number[] {
  const count = shape.reduce((a, b) => a * b, 1);
  if (count !== data.length)
    throw new ShapeError(`a tensor of shape ${describeShape(shape)} holds ${data.length} values`);
  if (areCompatible(shape, wanted)) return shape;
  const filled = isFlat && wanted !== null ? fill(wanted, count) : undefined;
  if (filled !== undefined) return filled;
  throw new ShapeError(`a value of shape ${describeShape(shape)} does not fit ${describeShape(wanted)}`);
}

/** The shape with its unknown size such that it holds `count`; undefined where there is none. */
function fill(wanted: readonly (number | null)[], count: number): readonly number[] | undefined {
  const known = wanted.reduce<number>((product, size) => product * (size ?? 1), 1);
  const filled = wanted.map((size) => size ?? count / known);
  const unknown = wanted.filter((size) => size === null).length;
  const holds = filled.reduce((a, b) => a * b, 1);
  return unknown <= 1 && holds === count && filled.every(Number.isSafeInteger) ? filled : undefined;
}

function convert(flat: Flat, dtype: DType): NumberArray | Strings {
  if (dtype === "string") return Array.from(flat.data, toText);
  if (!isNumeric(dtype)) throw new ValueError(`values of type ${dtype} cannot be given`);
  return toNumbers(flat.data, dtype);
}

/** The same array if it is of the type's own kind. */
function toNumbers(
  data: readonly unknown[] | NumericArray | Uint8ClampedArray,
  dtype: NumericDType,
): NumberArray {
  const type = ARRAYS[dtype];
  if (data instanceof type) return data;
  const round = roundingOf(dtype);
  const converted = new type(data.length);
  for (let i = 0; i < data.length; i++) converted[i] = round(toNumber(data[i]));
  return converted;
}

/** What the type's array does not do by itself. */
function roundingOf(dtype: NumericDType): (value: number) => number {
  if (dtype === "bool") return (value) => Number(value !== 0);
  return dtype === "int64" || dtype === "uint64" ? Math.trunc : (value) => value;
}

function toNumber(element: unknown): number {
  if (typeof element === "number") return element;
  if (typeof element === "boolean" || typeof element === "bigint") return Number(element);
  throw notAValue(element);
}

function toText(element: unknown): string | Uint8Array {
  if (typeof element === "string" || element instanceof Uint8Array) return element;
  throw new ValueError(`strings expected, not ${describe(element)}`);
}

function dtypeOfElement(element: unknown): DType {
  if (typeof element === "string" || element instanceof Uint8Array) return "string";
  return typeof element === "boolean" ? "bool" : "float32";
}

function dtypeOfArray(array: NumericArray | Uint8ClampedArray): DType {
  if (array instanceof Uint8ClampedArray) return "uint8";
  return dtypeNamed(dtypeOf(array)) ?? "float32";
}

function dtypeOfTensor({ dtype }: TensorLike): DType {
  if (dtype === "string" || isNumeric(dtype)) return dtype;
  throw new ValueError(`tensors of type ${describe(dtype)} have no values here`);
}

function isNumeric(dtype: string): dtype is NumericDType {
  return Object.hasOwn(ARRAYS, dtype);
}

function isList(value: unknown): value is readonly Nested[] {
  return Array.isArray(value);
}

function ragged(shape: readonly number[]): ShapeError {
  return new ShapeError(`nested arrays must be of equal length; the first ones make ${describeShape(shape)}`);
}

function notAValue(value: unknown): ValueError {
  return new ValueError(`numbers, strings, arrays of them or a tensor expected, not ${describe(value)}`);
}

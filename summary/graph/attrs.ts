/** Attributes of nodes: AttrValue from plain values. */
import type { pb } from "../../proto/codec.ts";
import { toWire } from "../../proto/int64.ts";
import { describe } from "../checks.ts";
import { GraphError } from "../errors.ts";
import { type DType, dataType } from "./dtype.ts";
import { encodePartialShape, type PartialShape } from "./shape.ts";

export type AttrValue = pb.AttrValue.$Properties;
/** By the attribute's name. */
export type Attrs = Readonly<Record<string, AttrValue>>;

/**
 * An attribute as callers may give it: an AttrValue, or what stands for one. A number is an integer if it is
 * whole, so a whole float is given as `attr.float(1)`.
 *
 * @example
 * const attrs: Record<string, v1.AttrInput> = { depth_radius: 4, bias: v1.attr.float(1), data_format: "NHWC" };
 * console.log(v1.op("LRN", { attrs }).attrs.depth_radius?.i); // 4
 */
export type AttrInput = AttrValue | boolean | number | bigint | string | readonly (number | string)[];

const utf8 = new TextEncoder();

/**
 * Attributes of nodes, one function for each of their types.
 *
 * @example
 * const attrs = { T: v1.attr.type("float32"), strides: v1.attr.ints([1, 2, 2, 1]), alpha: v1.attr.float(1) };
 * console.log(v1.op("Mine", { attrs }).attrs.alpha?.f); // 1
 */
export const attr = {
  bool: (b: boolean): AttrValue => ({ b }),
  int: (i: number | bigint): AttrValue => ({ i: toWire(i) }),
  ints: (list: readonly number[]): AttrValue => ({ list: { i: list.map((i) => toWire(i)) } }),
  float: (f: number): AttrValue => ({ f }),
  floats: (f: readonly number[]): AttrValue => ({ list: { f: [...f] } }),
  text: (text: string): AttrValue => ({ s: utf8.encode(text) }),
  texts: (list: readonly string[]): AttrValue => ({ list: { s: list.map((text) => utf8.encode(text)) } }),
  type: (dtype: DType): AttrValue => ({ type: dataType(dtype) }),
  types: (dtypes: readonly DType[]): AttrValue => ({ list: { type: dtypes.map(dataType) } }),
  shape: (shape: PartialShape): AttrValue => ({ shape: encodePartialShape(shape) }),
  shapes: (shapes: readonly PartialShape[]): AttrValue => ({
    list: { shape: shapes.map(encodePartialShape) },
  }),
  tensor: (tensor: pb.TensorProto.$Properties): AttrValue => ({ tensor }),
};

/** The AttrValue that an input stands for. Throws {@link GraphError} when it stands for none. */
export function toAttr(name: string, value: AttrInput): AttrValue {
  if (typeof value === "boolean") return attr.bool(value);
  if (typeof value === "bigint") return attr.int(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? attr.int(value) : attr.float(value);
  if (typeof value === "string") return attr.text(value);
  if (isList(value)) return toList(name, value);
  if (typeof value === "object" && value !== null) return value;
  throw new GraphError(
    `attribute ${name} is no AttrValue, boolean, number, string or list: ${describe(value)}`,
  );
}

function toList(name: string, values: readonly (number | string)[]): AttrValue {
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length === values.length) return attr.texts(texts);
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length < values.length)
    throw new GraphError(`attribute ${name} lists numbers and strings: give either`);
  return numbers.every(Number.isSafeInteger) ? attr.ints(numbers) : attr.floats(numbers);
}

function isList(value: AttrInput): value is readonly (number | string)[] {
  return Array.isArray(value);
}

/** Lists that are longer are no settings of an operation. */
const LONGEST_LIST = 1024;

/** The AttrValue of a setting of an operation; undefined for what is none, such as an object. */
export function attrOf(value: unknown): AttrValue | undefined {
  if (typeof value === "boolean") return attr.bool(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? attr.int(value) : attr.float(value);
  if (typeof value === "string") return attr.text(value);
  if (Array.isArray(value)) return listOf(value.flat(Number.POSITIVE_INFINITY));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return listOf(Array.from(value as ArrayLike<unknown> & ArrayBufferView));
  return undefined;
}

function listOf(values: readonly unknown[]): AttrValue | undefined {
  if (values.length > LONGEST_LIST) return undefined;
  if (values.every((value) => typeof value === "number"))
    return values.every(Number.isSafeInteger) ? attr.ints(values) : attr.floats(values);
  if (values.every((value) => typeof value === "string")) return attr.texts(values);
  if (values.every((value) => typeof value === "boolean")) return { list: { b: [...values] } };
  return undefined;
}

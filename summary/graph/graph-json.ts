/** A GraphDef as JSON: what a model.json of TensorFlow.js has as its topology, and Protocol Buffers' JSON in general. */
import { DataType, type pb } from "../../proto/index.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { AttrValue } from "./attrs.ts";
import { encodePartialShape } from "./shape.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * @param json as it was parsed
 * @throws ValueError when it has no nodes, or one of them has no name or operation
 */
export function graphDefOfJson(json: object): pb.GraphDef.$Properties {
  const { node, library } = json as Json;
  if (!Array.isArray(node)) throw new ValueError("a GraphDef in JSON has its nodes in `node`");
  const functions = isJson(library) && Array.isArray(library.function) ? library.function : [];
  return {
    node: node.map(nodeOf),
    ...(functions.length > 0 && { library: { function: functions.filter(isJson).map(functionOf) } }),
  };
}

function nodeOf(value: unknown): pb.NodeDef.$Properties {
  if (!isJson(value) || typeof value.name !== "string" || typeof value.op !== "string")
    throw new ValueError(`a node has a name and an op, which ${JSON.stringify(value)?.slice(0, 80)} has not`);
  const { name, op, input, device, attr } = value;
  return {
    name,
    op,
    input: texts(input),
    ...(typeof device === "string" && device !== "" && { device }),
    attr: attrsOf(attr),
  };
}

function functionOf(value: Json): pb.FunctionDef.$Properties {
  const signature = isJson(value.signature) ? value.signature : {};
  const args = (list: unknown) =>
    (Array.isArray(list) ? list : [])
      .filter(isJson)
      .map(({ name, type }) => ({ name: String(name ?? ""), type: dtypeOf(type) }));
  return {
    signature: {
      name: String(signature.name ?? ""),
      inputArg: args(signature.inputArg),
      outputArg: args(signature.outputArg),
    },
    nodeDef: (Array.isArray(value.nodeDef) ? value.nodeDef : []).map(nodeOf),
    ret: Object.fromEntries(
      Object.entries(isJson(value.ret) ? value.ret : {}).map(([key, to]) => [key, String(to)]),
    ),
  };
}

function attrsOf(value: unknown): Record<string, AttrValue> {
  const entries = Object.entries(isJson(value) ? value : {});
  return Object.fromEntries(
    entries.flatMap(([name, one]) => (isJson(one) ? [[name, attrOf(one)] as const] : [])),
  );
}

function attrOf({ s, i, f, b, type, shape, list, tensor, func }: Json): AttrValue {
  if (s !== undefined) return { s: bytesOf(s) };
  if (i !== undefined) return { i: Number(i) };
  if (f !== undefined) return { f: Number(f) };
  if (b !== undefined) return { b: Boolean(b) };
  if (type !== undefined) return { type: dtypeOf(type) };
  if (isJson(shape)) return { shape: shapeOf(shape) };
  if (isJson(func)) return { func: { name: String(func.name ?? ""), attr: attrsOf(func.attr) } };
  // Weights are in files of their own.
  if (isJson(tensor))
    return {
      tensor: {
        dtype: dtypeOf(tensor.dtype),
        tensorShape: shapeOf(isJson(tensor.tensorShape) ? tensor.tensorShape : {}),
      },
    };
  return isJson(list) ? { list: listOf(list) } : {};
}

function listOf(list: Json): NonNullable<AttrValue["list"]> {
  const each = <Value>(values: unknown, convert: (value: unknown) => Value): Value[] =>
    (Array.isArray(values) ? values : []).map(convert);
  return {
    s: each(list.s, bytesOf),
    i: each(list.i, Number),
    f: each(list.f, Number),
    b: each(list.b, Boolean),
    type: each(list.type, dtypeOf),
    shape: each(list.shape, (one) => shapeOf(isJson(one) ? one : {})),
  };
}

function shapeOf({ dim, unknownRank }: Json): pb.TensorShapeProto.$Properties {
  if (unknownRank === true) return encodePartialShape(null);
  const sizes = (Array.isArray(dim) ? dim : []).map((one) => (isJson(one) ? Number(one.size ?? 0) : 0));
  return encodePartialShape(sizes.map((size) => (size < 0 ? null : size)));
}

/** By name, as JSON has them, or by number. */
function dtypeOf(value: unknown): DataType {
  const named: unknown = typeof value === "string" ? Reflect.get(DataType, value) : value;
  return typeof named === "number" ? named : DataType.DT_INVALID;
}

/** Text is base64 there. */
function bytesOf(value: unknown): Uint8Array {
  if (typeof value !== "string") return new Uint8Array();
  return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).map((text) => {
    if (typeof text === "string") return text;
    throw new ValueError(`a node's inputs are names, not ${describe(text)}`);
  });
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

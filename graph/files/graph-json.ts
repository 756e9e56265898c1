/**
 * A GraphDef as protobuf's JSON has it, which is what TensorFlow.js keeps of a graph model in its `model.json`.
 * Mapping: https://protobuf.dev/programming-guides/json/
 */
import { DataType, type pb } from "../../proto/index.ts";
import { at, field, type Json, list, text } from "../keras/json.ts";

export function graphOfJson(json: Json): pb.GraphDef.$Properties {
  return {
    node: list(field(json, "node")).map(nodeOf),
    library: { function: list(field(field(json, "library"), "function")).map(functionOf) },
  };
}

function nodeOf(node: Json): pb.NodeDef.$Properties {
  return {
    name: text(field(node, "name")) ?? "",
    op: text(field(node, "op")) ?? "",
    device: text(field(node, "device")) ?? "",
    input: list(field(node, "input")).flatMap((input) => text(input) ?? []),
    attr: attributesOf(field(node, "attr")),
  };
}

function functionOf(definition: Json): pb.FunctionDef.$Properties {
  const signature = field(definition, "signature");
  const argument = (arg: Json) => ({
    name: text(field(arg, "name")) ?? "",
    type: typeOf(field(arg, "type")),
  });
  return {
    signature: {
      name: text(field(signature, "name")) ?? "",
      inputArg: list(field(signature, "inputArg")).map(argument),
      outputArg: list(field(signature, "outputArg")).map(argument),
    },
    nodeDef: list(field(definition, "nodeDef")).map(nodeOf),
    ret: Object.fromEntries(
      entriesOf(field(definition, "ret")).map(([name, value]) => [name, text(value) ?? ""]),
    ),
  };
}

function attributesOf(attributes: Json): Record<string, pb.AttrValue.$Properties> {
  return Object.fromEntries(entriesOf(attributes).map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: Json): pb.AttrValue.$Properties {
  const has = (name: string): boolean => field(value, name) !== undefined;
  if (has("list")) return { list: listOf(field(value, "list")) };
  if (has("shape")) return { shape: shapeOf(field(value, "shape")) };
  if (has("tensor")) {
    const tensor = field(value, "tensor");
    return {
      tensor: { dtype: typeOf(field(tensor, "dtype")), tensorShape: shapeOf(field(tensor, "tensorShape")) },
    };
  }
  if (has("func")) return { func: { name: text(field(field(value, "func"), "name")) ?? "" } };
  if (has("type")) return { type: typeOf(field(value, "type")) };
  if (has("s")) return { s: bytesOf(field(value, "s")) };
  if (has("i")) return { i: Number(field(value, "i")) };
  if (has("f")) return { f: Number(field(value, "f")) };
  if (has("b")) return { b: field(value, "b") === true };
  return {};
}

function listOf(value: Json): pb.AttrValue.ListValue.$Properties {
  return {
    s: list(field(value, "s")).map(bytesOf),
    i: list(field(value, "i")).map(Number),
    f: list(field(value, "f")).map(Number),
    b: list(field(value, "b")).map((one) => one === true),
    type: list(field(value, "type")).map(typeOf),
    shape: list(field(value, "shape")).map(shapeOf),
  };
}

function shapeOf(value: Json): pb.TensorShapeProto.$Properties {
  return {
    dim: list(field(value, "dim")).map((dim) => ({ size: Number(field(dim, "size") ?? 0) })),
    unknownRank: field(value, "unknownRank") === true,
  };
}

/** By name, as protobuf writes it, or by number. */
function typeOf(value: Json): number {
  if (typeof value === "number") return value;
  const found = Object.entries(DataType).find(([name]) => name === value || `DT_${name}` === value);
  return found ? Number(found[1]) : 0;
}

/** Bytes are base64; TensorFlow.js's converter also writes plain lists of numbers. */
function bytesOf(value: Json): Uint8Array {
  if (Array.isArray(value)) return Uint8Array.from(value, Number);
  try {
    return Uint8Array.from(atob(text(value) ?? ""), (letter) => letter.charCodeAt(0));
  } catch {
    return new TextEncoder().encode(text(value) ?? "");
  }
}

function entriesOf(value: Json): [string, Json][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.keys(value).map((name) => [name, at(value, name)])
    : [];
}

/** Writes one field's value in protobuf's wire form. Numbers of wire types: https://protobuf.dev/programming-guides/encoding/ */
import type protobuf from "protobufjs/minimal.js";
import { toWire } from "../int64.ts";
import type { Scalar } from "./schema.ts";
import type { SimpleType, SimpleValue } from "./values.ts";

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

const WIRE_TYPES: Readonly<Record<Scalar, number>> = {
  double: FIXED64,
  float: FIXED32,
  bool: VARINT,
  string: LENGTH,
  bytes: LENGTH,
  int32: VARINT,
  uint32: VARINT,
  sint32: VARINT,
  fixed32: FIXED32,
  sfixed32: FIXED32,
  int64: VARINT,
  uint64: VARINT,
  sint64: VARINT,
  fixed64: FIXED64,
  sfixed64: FIXED64,
};

/** One tag and value; repeated fields are written value by value, which every reader takes. */
export function writeValue(writer: protobuf.Writer, id: number, type: SimpleType, value: SimpleValue): void {
  const scalar = type.kind === "enum" ? "int32" : type.scalar;
  writer.uint32(((id << 3) | WIRE_TYPES[scalar]) >>> 0);
  if (value instanceof Uint8Array) writer.bytes(value);
  else if (typeof value === "boolean") writer.bool(value);
  else if (scalar === "double" || scalar === "float") writer[scalar](Number(value));
  else if (is64(scalar)) writer[scalar](toWire(BigInt(value), scalar === "uint64" || scalar === "fixed64"));
  else if (scalar !== "bool" && scalar !== "string" && scalar !== "bytes") writer[scalar](Number(value));
}

function is64(scalar: Scalar): scalar is Extract<Scalar, `${string}64`> {
  return scalar.endsWith("64");
}

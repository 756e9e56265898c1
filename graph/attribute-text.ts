/** Attributes of nodes as text, the way people read them: `[1, 2, 2, 1]`, `DT_FLOAT`, `float32 32×10: 0.1, 0.2, …`. */
import { DataType, decodeTensor, pb, toNumber } from "../proto/index.ts";
import { shapeLabel } from "./edge-label.ts";
import type { GraphAttribute } from "./views.ts";

/** Longest text that comes with a node; more is there on demand. */
const LONGEST = 1024;

/** Elements of a tensor beyond which values that are repeated in its place are not written out. */
const MOST_REPEATED = 1 << 20;

export function attributeOf(name: string, value: pb.AttrValue.$Properties): GraphAttribute {
  const bytes = pb.AttrValue.encode(value).finish().length;
  const text = attributeText(value, LONGEST + 1);
  const cut = text.length > LONGEST;
  return { name, value: cut ? `${text.slice(0, LONGEST)}…` : text, bytes, cut };
}

/** @param most letters after which it may end */
export function attributeText(value: pb.AttrValue.$Properties, most = Number.POSITIVE_INFINITY): string {
  if (value.list) return listText(value.list, most);
  if (value.s != null) return bytesText(value.s, most);
  if (value.i != null) return String(toNumber(value.i));
  if (value.f != null) return floatText(value.f);
  if (value.b != null) return String(value.b);
  if (value.type != null) return typeText(value.type);
  if (value.shape) return shapeText(value.shape);
  if (value.tensor) return tensorText(value.tensor, most);
  if (value.func) return functionText(value.func, most);
  return value.placeholder ?? "";
}

function listText(list: pb.AttrValue.ListValue.$Properties, most: number): string {
  const { s, i, f, b, type, shape, tensor, func } = list;
  const texts = (function* () {
    for (const one of s ?? []) yield bytesText(one, most);
    for (const one of i ?? []) yield String(toNumber(one));
    for (const one of f ?? []) yield floatText(one);
    for (const one of b ?? []) yield String(one);
    for (const one of type ?? []) yield typeText(one);
    for (const one of shape ?? []) yield shapeText(one);
    for (const one of tensor ?? []) yield tensorText(one, most);
    for (const one of func ?? []) yield functionText(one, most);
  })();
  return `[${joined(texts, most)}]`;
}

/** With commas between, as far as so many letters. */
function joined(texts: Iterable<string>, most: number): string {
  const parts: string[] = [];
  let length = 0;
  for (const text of texts) {
    parts.push(text);
    length += text.length + 2;
    if (length > most) break;
  }
  return parts.join(", ");
}

function bytesText(bytes: Uint8Array, most: number): string {
  const text = new TextDecoder().decode(bytes.length > most * 4 ? bytes.subarray(0, most * 4) : bytes);
  return /\p{Cc}/u.test(text) ? JSON.stringify(text).slice(1, -1) : text;
}

/** A float32 in as few digits as tell it. */
function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits++)
    if (Math.fround(Number(value.toPrecision(digits))) === value)
      return String(Number(value.toPrecision(digits)));
  return String(value);
}

export function typeText(type: number): string {
  return DataType[type] ?? `type ${type}`;
}

export function shapeText(shape: pb.TensorShapeProto.$Properties): string {
  if (shape.unknownRank) return "unknown";
  return `[${(shape.dim ?? []).map(({ size }) => (toNumber(size) === -1 ? "?" : toNumber(size))).join(", ")}]`;
}

function tensorText(tensor: pb.TensorProto.$Properties, most: number): string {
  const dims = dimsOf(tensor.tensorShape);
  const head = `${typeText(tensor.dtype ?? 0)} ${shapeLabel(dims) ?? "?"}`;
  // One value may stand for any number of elements; strings never come as raw bytes.
  const raw = tensor.dtype !== DataType.DT_STRING && (tensor.tensorContent?.length ?? 0) > 0;
  if (!raw && (dims ?? []).reduce((a, b) => a * b, 1) > MOST_REPEATED) return head;
  try {
    const { data } = decodeTensor(tensor);
    const texts = (function* () {
      for (const one of data) yield one instanceof Uint8Array ? bytesText(one, most) : numberText(one);
    })();
    return `${head}: ${joined(texts, most)}`;
  } catch {
    // A tensor of a type without values here, or whose bytes do not fit: its type and shape are all there is to say.
    return head;
  }
}

function numberText(value: number | bigint): string {
  return typeof value === "number" && !Number.isInteger(value) ? floatText(value) : String(value);
}

function dimsOf(shape: pb.TensorShapeProto.$Properties | null | undefined): number[] | null {
  return shape?.unknownRank ? null : (shape?.dim ?? []).map(({ size }) => toNumber(size));
}

function functionText({ name, attr }: pb.NameAttrList.$Properties, most: number): string {
  const parts = (function* () {
    for (const [key, value] of Object.entries(attr ?? {})) yield `${key}=${attributeText(value, most)}`;
  })();
  const inside = joined(parts, most);
  return inside === "" ? (name ?? "") : `${name ?? ""}(${inside})`;
}

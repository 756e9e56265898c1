/** Messages as text, byte for byte as Python writes them. */
import Long from "long";
import { toBigInt } from "../int64.ts";
import { cRoundTrip, pythonFloat, pythonFloat32 } from "./float-text.ts";
import { type Field, type MessageType, messageType, type Scalar, type ValueType } from "./schema.ts";

/**
 * Python has two writers: `text_format.MessageToString`, and `str(message)`, which is protobuf's C runtime (upb)
 * and what stock TensorBoard answers with. They differ in floats (`0.33333334`, `0.333333343`), in the order of
 * maps, and in whether a map's entry says that its key or value is 0.
 */
export type TextDialect = "MessageToString" | "str";

/** Gathers lines: a few long texts instead of millions of short ones, which would take most of the time to collect. */
class Printer {
  readonly dialect: TextDialect;
  readonly #parts: string[] = [];
  readonly #lines: string[] = [];

  constructor(dialect: TextDialect) {
    this.dialect = dialect;
  }

  line(text: string): void {
    if (this.#lines.push(text) >= 4096) this.#gather();
  }

  get text(): string {
    this.#gather();
    return this.#parts.join("");
  }

  #gather(): void {
    this.#parts.push(this.#lines.join(""));
    this.#lines.length = 0;
  }
}

/**
 * The text of a message: fields in order of their numbers, two spaces an indentation; fields at their default are
 * left out where the schema does not tell them from absent ones.
 *
 * @param typeName full name, such as `tensorboard.GraphDef`
 * @param message an object of the codec
 * @param dialect default `MessageToString`
 */
export function printText(
  typeName: string,
  message: object,
  dialect: TextDialect = "MessageToString",
): string {
  const printer = new Printer(dialect);
  printFields(printer, messageType(typeName), message, "");
  return printer.text;
}

function printFields(printer: Printer, type: MessageType, message: object, indent: string): void {
  for (const field of type.fields) {
    const value = property(message, field.property);
    if (value === null || value === undefined) continue;
    if (field.mapKey !== null) printMap(printer, field, field.mapKey, value, indent);
    else if (field.repeated) {
      if (Array.isArray(value))
        for (const item of value) printValue(printer, field.name, field.type, item, indent);
    } else if (isPresent(field, message, value)) printValue(printer, field.name, field.type, value, indent);
  }
}

function isPresent(field: Field, message: object, value: unknown): boolean {
  if (field.type.kind === "message") return true;
  // Defaults stand on the codec's prototypes: only a field that was set is the object's own.
  return field.oneof !== null ? Object.hasOwn(message, field.property) : !isDefault(value);
}

function isDefault(value: unknown): boolean {
  if (value instanceof Uint8Array) return value.length === 0;
  if (Long.isLong(value)) return value.isZero();
  return value === "" || value === false || value === 0n || Object.is(value, 0);
}

function printValue(printer: Printer, name: string, type: ValueType, value: unknown, indent: string): void {
  if (type.kind === "message") {
    printer.line(`${indent}${name} {\n`);
    if (isObject(value)) printFields(printer, type.message, value, `${indent}  `);
    printer.line(`${indent}}\n`);
  } else printer.line(`${indent}${name}: ${valueText(printer, type, value)}\n`);
}

function valueText(
  { dialect }: Printer,
  type: ValueType & { kind: "scalar" | "enum" },
  value: unknown,
): string {
  if (type.kind === "enum") return type.names.get(Number(value)) ?? String(value);
  if (type.scalar === "string") return `"${escapeText(String(value))}"`;
  if (type.scalar === "bytes") return `"${value instanceof Uint8Array ? escapeBytes(value) : ""}"`;
  if (type.scalar === "double" || type.scalar === "float") {
    const float32 = type.scalar === "float";
    if (dialect === "str") return cRoundTrip(Number(value), float32);
    return float32 ? pythonFloat32(Number(value)) : pythonFloat(Number(value));
  }
  return Long.isLong(value) ? toBigInt(value).toString() : String(value);
}

function printMap(printer: Printer, { name, type }: Field, key: Scalar, map: unknown, indent: string): void {
  if (!isObject(map)) return;
  const keyType = { kind: "scalar", scalar: key } as const;
  // `MessageToString` leaves a key or value at its default out even here.
  const shows = (value: unknown) => printer.dialect === "str" || isObject(value) || !isDefault(value);
  const inside = `${indent}  `;
  for (const [mapKey, value] of sortedEntries(map, key, printer.dialect)) {
    printer.line(`${indent}${name} {\n`);
    if (shows(mapKey)) printValue(printer, "key", keyType, mapKey, inside);
    if (type.kind === "message" || shows(value)) printValue(printer, "value", type, value, inside);
    printer.line(`${indent}}\n`);
  }
}

function sortedEntries(map: object, key: Scalar, dialect: TextDialect): [unknown, unknown][] {
  const entries = Object.entries(map);
  if (key === "string") {
    const compare = dialect === "str" ? compareAsRuntime : compareBytes;
    const encoded = entries.map(([text, value]) => ({ text, value, bytes: new TextEncoder().encode(text) }));
    return encoded.sort((a, b) => compare(a.bytes, b.bytes)).map(({ text, value }) => [text, value]);
  }
  if (key === "bool") {
    const isTrue = (k: string) => k === "true" || k === "1";
    const sorted = entries.sort(([a], [b]) => Number(isTrue(a)) - Number(isTrue(b)));
    return sorted.map(([k, value]) => [isTrue(k), value]);
  }
  const numbers = entries.map(([k, value]) => ({ key: mapInteger(k, key), value }));
  return numbers.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, value }) => [key, value]);
}

/** The codec keeps keys of 64 bits as eight characters, their bytes from low to high. */
function mapInteger(key: string, type: Scalar): bigint {
  if (!type.endsWith("64") || key.length !== 8 || /^-?\d{1,8}$/.test(key)) return BigInt(key);
  const bytes = Uint8Array.from(key, (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return type.startsWith("u") || type === "fixed64" ? view.getBigUint64(0, true) : view.getBigInt64(0, true);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return compareCommon(a, b) || a.length - b.length;
}

/** The C runtime's order of string keys: backwards, but a key comes before those that it starts. */
function compareAsRuntime(a: Uint8Array, b: Uint8Array): number {
  return -compareCommon(a, b) || a.length - b.length;
}

function compareCommon(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

const NAMED: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "'": "\\'",
  "\\": "\\\\",
};

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, "0")}`;

function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  return text.replace(/[\x00-\x1f\x7f"'\\]/g, (c) => NAMED[c] ?? octal(c.charCodeAt(0)));
}

const BYTES = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return NAMED[char] ?? (byte >= 0x20 && byte < 0x7f ? char : octal(byte));
});

function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += BYTES[byte]!;
  return text;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function property(message: object, name: string): unknown {
  return Reflect.get(message, name);
}

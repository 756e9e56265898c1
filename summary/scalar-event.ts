/**
 * Scalar events by hand: all but wall time, step and value is the same for every event of a tag, so it is
 * encoded once and copied. The codec would take ten times as long, and is most of what a page would load.
 * Numbers of fields: proto/schema.
 */
import type { SummaryOptions } from "./options.ts";
import type { RecordBuffer } from "./record-buffer.ts";

/** Bytes beside the template, at most: wall time with its key, step with its key, value. */
export const SCALAR_OVERHEAD = 9 + 11 + 4;
/** The most that a varint takes. */
const MAX_VARINT = 10;
/** TensorProto of one float up to its four bytes: `dtype` DT_FLOAT, `tensor_shape` of a scalar, `tensor_content`. */
const TENSOR_HEAD = Uint8Array.of(0x08, 1, 0x12, 0, 0x22, 4);

const utf8 = new TextEncoder();

/** From the event's summary key up to the value's four bytes, which come last. */
export function scalarTemplate(tag: string): Uint8Array {
  return summaryField(tag, new Uint8Array(4)).slice(0, -4);
}

/**
 * A tag's first event: as the others, with what readers want to know of the tag behind the value.
 *
 * @param plugin the tag's dashboard; undefined where the file has it already
 */
export function firstScalarEvent(
  tag: string,
  plugin: string | undefined,
  value: number,
  step: number | bigint,
  wallTime: number,
  options: SummaryOptions,
): Uint8Array {
  const content = new Uint8Array(4);
  new DataView(content.buffer).setFloat32(0, value, true);
  const metadata = plugin === undefined ? [] : [field(9, metadataOf(plugin, options))];
  return joined([wallTimeField(wallTime), stepField(step), summaryField(tag, content, ...metadata)]);
}

/** The event that a file begins with: `file_version` and `source_metadata`. */
export function versionEvent(writer: string, wallTime: number): Uint8Array {
  const source = field(1, utf8.encode(writer));
  return joined([wallTimeField(wallTime), field(3, utf8.encode("brain.Event:2")), field(10, source)]);
}

/**
 * Puts a scalar's event at the buffer's `dataStart`; room for it must be there.
 *
 * @returns its length in bytes
 */
export function putScalarEvent(
  buffer: RecordBuffer,
  template: Uint8Array,
  value: number,
  step: number | bigint,
  wallTime: number,
): number {
  const { bytes, view, dataStart } = buffer;
  let at = dataStart;
  bytes[at] = 0x09; // wall_time: field 1, 64 bits
  view.setFloat64(at + 1, wallTime, true);
  at += 9;
  if (step !== 0 && step !== 0n) {
    bytes[at] = 0x10; // step: field 2, varint
    at = putVarint(bytes, at + 1, step);
  }
  // For these few bytes a loop is faster than a call of set().
  for (let i = 0; i < template.length; i++) bytes[at + i] = template[i]!;
  at += template.length;
  view.setFloat32(at, value, true);
  return at + 4 - dataStart;
}

/** `Event.summary` with one value: a float's four bytes under a tag. */
function summaryField(tag: string, content: Uint8Array, ...metadata: readonly Uint8Array[]): Uint8Array {
  const tensor = field(8, joined([TENSOR_HEAD, content]));
  return field(5, field(1, joined([field(1, utf8.encode(tag)), tensor, ...metadata])));
}

function metadataOf(plugin: string, { displayName, description }: SummaryOptions): Uint8Array {
  const parts = [field(1, field(1, utf8.encode(plugin)))];
  if (displayName) parts.push(field(2, utf8.encode(displayName)));
  if (description) parts.push(field(3, utf8.encode(description)));
  return joined(parts);
}

function wallTimeField(wallTime: number): Uint8Array {
  const bytes = Uint8Array.of(0x09, 0, 0, 0, 0, 0, 0, 0, 0);
  new DataView(bytes.buffer).setFloat64(1, wallTime, true);
  return bytes;
}

/** Nothing for step 0, which is the default. */
function stepField(step: number | bigint): Uint8Array {
  if (step === 0 || step === 0n) return new Uint8Array();
  const bytes = new Uint8Array(1 + MAX_VARINT);
  bytes[0] = 0x10;
  return bytes.subarray(0, putVarint(bytes, 1, step));
}

/** A field with a length; its number is below 16, so that its key is one byte. */
function field(number: number, content: Uint8Array): Uint8Array {
  const head = new Uint8Array(1 + MAX_VARINT);
  head[0] = (number << 3) | 2;
  return joined([head.subarray(0, putVarint(head, 1, content.length)), content]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Seven bits a byte, lowest first, for a value of 0 or more; returns the offset after it. */
function putVarint(bytes: Uint8Array, offset: number, value: number | bigint): number {
  let at = offset;
  if (typeof value === "bigint") {
    let rest = value;
    for (; rest > 0x7fn; rest >>= 7n) bytes[at++] = Number(rest & 0x7fn) | 0x80;
    bytes[at] = Number(rest);
    return at + 1;
  }
  let rest = value;
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 0x80;
  for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
  bytes[at] = rest;
  return at + 1;
}
